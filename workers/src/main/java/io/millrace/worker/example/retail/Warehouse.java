package io.millrace.worker.example.retail;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The target: one table of daily sales by store and class of products.
 *
 * <p>By default an H2 database file: one small jar without dependencies, {@code MERGE} as the SQL
 * standard and PostgreSQL 15 have it, so one text serves both, and the file is free for others as
 * soon as the last connection is closed. PostgreSQL by its JDBC URL.
 */
final class Warehouse {
  private static final int BATCH_ROWS = 1_000;

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS daily_sales (
        sales_day DATE NOT NULL,
        store_id INTEGER NOT NULL,
        product_class_id INTEGER NOT NULL,
        store_sales DECIMAL(14,4) NOT NULL,
        store_cost DECIMAL(14,4) NOT NULL,
        unit_sales DECIMAL(14,4) NOT NULL,
        sales_count BIGINT NOT NULL,
        PRIMARY KEY (sales_day, store_id, product_class_id))
      """;

  private static final String INCOMING =
      """
      CREATE LOCAL TEMPORARY TABLE incoming (
        sales_day DATE NOT NULL,
        store_id INTEGER NOT NULL,
        product_class_id INTEGER NOT NULL,
        store_sales DECIMAL(14,4) NOT NULL,
        store_cost DECIMAL(14,4) NOT NULL,
        unit_sales DECIMAL(14,4) NOT NULL,
        sales_count BIGINT NOT NULL,
        PRIMARY KEY (sales_day, store_id, product_class_id))
      """;

  private static final String MERGE =
      """
      MERGE INTO daily_sales AS t
      USING incoming AS s
      ON t.sales_day = s.sales_day AND t.store_id = s.store_id
        AND t.product_class_id = s.product_class_id
      WHEN MATCHED THEN UPDATE SET
        store_sales = s.store_sales, store_cost = s.store_cost,
        unit_sales = s.unit_sales, sales_count = s.sales_count
      WHEN NOT MATCHED THEN INSERT
        (sales_day, store_id, product_class_id, store_sales, store_cost, unit_sales, sales_count)
        VALUES (s.sales_day, s.store_id, s.product_class_id, s.store_sales, s.store_cost,
          s.unit_sales, s.sales_count)
      """;

  private static final String DROP_WHAT_IS_GONE =
      """
      DELETE FROM daily_sales AS t
      WHERE t.sales_day BETWEEN ? AND ?
        AND NOT EXISTS (SELECT 1 FROM incoming AS s
          WHERE s.sales_day = t.sales_day AND s.store_id = t.store_id
            AND s.product_class_id = t.product_class_id)
      """;

  private final String url;
  private final String user;
  private final String password;

  Warehouse(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** A database file in a folder. */
  static Warehouse inFolder(Path folder) {
    return new Warehouse("jdbc:h2:file:" + folder.resolve("warehouse").toAbsolutePath(), "sa", "");
  }

  /** Where it is, without secrets. */
  String url() {
    return url;
  }

  /**
   * Makes the rows of a year what {@code rows} says, in one transaction; the same again changes
   * nothing.
   *
   * @param rows day, store, class, sales, cost, units, count
   */
  void load(long year, Iterator<List<String>> rows) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute(INCOMING);
      connection.setAutoCommit(false);
      try {
        insertIncoming(connection, rows);
        statement.executeUpdate(MERGE);
        try (PreparedStatement drop = connection.prepareStatement(DROP_WHAT_IS_GONE)) {
          drop.setObject(1, LocalDate.of((int) year, 1, 1));
          drop.setObject(2, LocalDate.of((int) year, 12, 31));
          drop.executeUpdate();
        }
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** What it holds for a year; nothing if nothing was ever loaded. */
  DailyTotals totals(long year) throws SQLException {
    SortedMap<LocalDate, Totals> days = new TreeMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      try (PreparedStatement query =
          connection.prepareStatement(
              """
              SELECT sales_day, SUM(store_sales), SUM(store_cost), SUM(unit_sales),
                SUM(sales_count)
              FROM daily_sales WHERE sales_day BETWEEN ? AND ? GROUP BY sales_day
              """)) {
        query.setObject(1, LocalDate.of((int) year, 1, 1));
        query.setObject(2, LocalDate.of((int) year, 12, 31));
        try (ResultSet result = query.executeQuery()) {
          while (result.next()) {
            days.put(
                result.getObject(1, LocalDate.class),
                new Totals(
                    result.getBigDecimal(2),
                    result.getBigDecimal(3),
                    result.getBigDecimal(4),
                    result.getLong(5)));
          }
        }
      }
    }
    return new DailyTotals(days);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  private static void insertIncoming(Connection connection, Iterator<List<String>> rows)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO incoming VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      int waiting = 0;
      while (rows.hasNext()) {
        List<String> row = rows.next();
        insert.setObject(1, LocalDate.parse(row.get(0)));
        insert.setInt(2, Integer.parseInt(row.get(1)));
        insert.setInt(3, Integer.parseInt(row.get(2)));
        for (int column = 4; column <= 6; column++) {
          insert.setBigDecimal(column, new java.math.BigDecimal(row.get(column - 1)));
        }
        insert.setLong(7, Long.parseLong(row.get(6)));
        insert.addBatch();
        waiting++;
        if (waiting == BATCH_ROWS) {
          insert.executeBatch();
          waiting = 0;
        }
      }
      insert.executeBatch();
    }
  }
}
