package io.millrace.expression.library;

import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.List;

/** {@code String}. */
final class StringEntries {
  /** What one visit pays for in a search: comparing so many characters. */
  private static final int COMPARISONS_A_VISIT = 64;

  private StringEntries() {}

  static void fill(Table table) {
    Table.Owner string = table.of(Type.STRING, "String");
    makers(string);
    parts(string);
    searches(string);
    patterns(string);
  }

  private static void makers(Table.Owner string) {
    string
        .constructor(Type.STRING, call -> new Value.Text(""))
        .constructor(
            Type.STRING, call -> new Value.Text(call.print(call.argument(0))), Param.STRING_OR_LONG)
        .statics(
            "valueOf", Type.STRING, call -> new Value.Text(call.print(call.argument(0))), Param.ANY)
        .variable("format", Type.STRING, Formats::format, Param.STRING, Param.ANY)
        .variable("join", Type.STRING, StringEntries::join, Param.STRING, Param.ANY)
        .statics("escape", Type.STRING, call -> escape(call, call.text(0)), Param.STRING)
        .method("escape", Type.STRING, call -> escape(call, call.text()));
  }

  private static void parts(Table.Owner string) {
    string
        .method("length", Type.LONG, call -> call.made(call.text().length()))
        .method("isEmpty", Type.BOOLEAN, call -> Value.Bool.of(call.text().isEmpty()))
        .method("toUpperCase", Type.STRING, call -> call.made(LetterCase.upper(read(call))))
        .method("toLowerCase", Type.STRING, call -> call.made(LetterCase.lower(read(call))))
        .method("trim", Type.STRING, StringEntries::trim)
        .method("toString", Type.STRING, Call::receiver)
        .method("charAt", Type.STRING, StringEntries::charAt, Param.LONG)
        .method(
            "substring",
            Type.STRING,
            call -> substring(call, call.whole(0), call.text().length()),
            Param.LONG)
        .method(
            "substring",
            Type.STRING,
            call -> substring(call, call.whole(0), call.whole(1)),
            Param.LONG,
            Param.LONG);
  }

  private static Value trim(Call call) {
    return call.made(read(call).trim());
  }

  private static Value charAt(Call call) {
    long at = call.whole(0);
    int length = call.text().length();
    if (at < 0 || at >= length) {
      throw call.outside(0, length - 1L, at);
    }
    return substring(call, at, at + 1);
  }

  private static Value substring(Call call, long from, long to) {
    String text = call.text();
    if (to < 0 || to > text.length()) {
      throw call.outside(0, text.length(), to);
    }
    if (from < 0 || from > to) {
      throw call.outside(0, to, from);
    }
    call.meter().text(to - from);
    return new Value.Text(text.substring((int) from, (int) to));
  }

  private static void searches(Table.Owner string) {
    string
        .method(
            "startsWith",
            Type.BOOLEAN,
            call -> Value.Bool.of(read(call).startsWith(call.text(0))),
            Param.STRING)
        .method(
            "endsWith",
            Type.BOOLEAN,
            call -> Value.Bool.of(read(call).endsWith(call.text(0))),
            Param.STRING)
        .method(
            "contains", Type.BOOLEAN, call -> Value.Bool.of(indexOf(call, 0) >= 0), Param.STRING)
        .method("indexOf", Type.LONG, call -> call.made(indexOf(call, 0)), Param.STRING)
        .method(
            "lastIndexOf",
            Type.LONG,
            call -> {
              search(call, call.text().length());
              return call.made(call.text().lastIndexOf(call.text(0)));
            },
            Param.STRING)
        .method("replace", Type.STRING, StringEntries::replace, Param.STRING, Param.STRING)
        .method(
            "equals",
            Type.BOOLEAN,
            call -> Value.Bool.of(new Value.Text(read(call)).equals(call.argument(0))),
            Param.ANY)
        .method(
            "compareTo",
            Type.LONG,
            call -> call.made(read(call).compareTo(call.text(0))),
            Param.STRING);
  }

  /** The receiver, paid for as compared from end to end. */
  private static String read(Call call) {
    call.meter().read(call.text().length());
    return call.text();
  }

  private static int indexOf(Call call, int from) {
    search(call, call.text().length() - from);
    return call.text().indexOf(call.text(0), from);
  }

  /**
   * Pays for the slowest search there is: each place compared with nearly all of the text sought.
   */
  private static void search(Call call, int places) {
    call.meter().visits((long) places * (call.text(0).length() + 1) / COMPARISONS_A_VISIT);
  }

  private static Value replace(Call call) {
    String text = call.text();
    String old = call.text(0);
    String replacement = call.text(1);
    search(call, text.length());
    long found = 0;
    if (old.isEmpty()) {
      found = text.length() + 1L;
    } else {
      for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length())) {
        found++;
      }
    }
    call.meter().text(text.length() + found * (replacement.length() - old.length()));
    return new Value.Text(text.replace(old, replacement));
  }

  private static void patterns(Table.Owner string) {
    string
        .method(
            "split",
            Type.STRING_ARRAY,
            call -> Patterns.split(call, call.text(), call.text(0), 0),
            Param.STRING)
        .method(
            "split",
            Type.STRING_ARRAY,
            call -> Patterns.split(call, call.text(), call.text(0), call.small(1)),
            Param.STRING,
            Param.LONG)
        .method(
            "replaceAll",
            Type.STRING,
            call -> Patterns.replaceAll(call, call.text(), call.text(0), call.text(1)),
            Param.STRING,
            Param.STRING);
  }

  /** The texts after the separator, or those of the one array after it. */
  private static Value join(Call call) {
    List<Value> rest = call.arguments().subList(1, call.arguments().size());
    if (rest.size() == 1 && rest.get(0) instanceof Value.Array array) {
      rest = CollectionEntries.items(array);
    }
    call.meter().read(rest.size());
    String separator = call.text(0);
    long chars = Math.max(0, rest.size() - 1L) * separator.length();
    for (Value item : rest) {
      if (!(item instanceof Value.Text text)) {
        throw call.mistyped("texts to join", item.type());
      }
      chars += text.value().length();
    }
    call.meter().text(chars);
    StringBuilder joined = new StringBuilder((int) chars);
    for (int i = 0; i < rest.size(); i++) {
      joined.append(i == 0 ? "" : separator).append(((Value.Text) rest.get(i)).value());
    }
    return new Value.Text(joined.toString());
  }

  /** The inside of a Java string literal; an apostrophe needs nothing there. */
  private static Value escape(Call call, String text) {
    call.meter().text(text.length());
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        case '\b' -> escaped.append("\\b");
        case '\n' -> escaped.append("\\n");
        case '\t' -> escaped.append("\\t");
        case '\f' -> escaped.append("\\f");
        case '\r' -> escaped.append("\\r");
        default -> {
          if (c < ' ' || c > '\u007f') {
            escaped.append("\\u%04X".formatted((int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return call.made(escaped.toString());
  }
}
