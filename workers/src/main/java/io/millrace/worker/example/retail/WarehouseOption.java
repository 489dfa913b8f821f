package io.millrace.worker.example.retail;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the warehouse is. */
final class WarehouseOption {
  @Option(
      names = "--warehouse",
      paramLabel = "DIR",
      description = "folder of the embedded warehouse (default: ${DEFAULT-VALUE})",
      defaultValue = ".run/retail")
  Path folder = Path.of(".run/retail");

  @Option(
      names = "--jdbc",
      paramLabel = "URL",
      description = "a warehouse elsewhere, such as jdbc:postgresql://host/db",
      defaultValue = "")
  String url = "";

  @Option(
      names = "--user",
      description = "its user (default: of the environment, MILLRACE_WAREHOUSE_USER)",
      defaultValue = "${env:MILLRACE_WAREHOUSE_USER:-}")
  String user = "";

  @Option(
      names = "--password",
      description = "its password (default: of the environment, MILLRACE_WAREHOUSE_PASSWORD)",
      defaultValue = "${env:MILLRACE_WAREHOUSE_PASSWORD:-}")
  String password = "";

  Warehouse open() {
    return url.isEmpty() ? Warehouse.inFolder(folder) : new Warehouse(url, user, password);
  }
}
