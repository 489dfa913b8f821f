package io.millrace.expression.library;

import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;

/** Maps, arrays and {@code Arrays}. */
final class CollectionEntries {
  private static final List<Type> ARRAYS =
      List.of(Type.STRING_ARRAY, Type.LONG_ARRAY, Type.DOUBLE_ARRAY, Type.BOOLEAN_ARRAY);

  private CollectionEntries() {}

  static void fill(Table table) {
    maps(table);
    for (Type type : ARRAYS) {
      table
          .nameless(type)
          .field("length", Type.LONG, CollectionEntries::length)
          .method("size", Type.LONG, CollectionEntries::length);
    }
    table.holder("Arrays").statics("asList", Type.ANY, call -> call.argument(0), Param.ANY);
  }

  private static void maps(Table table) {
    table
        .of(Type.MAP, "Map", "HashMap", "LinkedHashMap")
        .constructor(
            Type.MAP,
            call -> {
              call.meter().value();
              return new Value.Dict();
            })
        .method("size", Type.LONG, call -> call.made(call.map().entries().size()))
        .method("get", Type.ANY, call -> get(call, Value.Null.NULL), Param.STRING)
        .method(
            "getOrDefault", Type.ANY, call -> get(call, call.argument(1)), Param.STRING, Param.ANY)
        .method(
            "containsKey",
            Type.BOOLEAN,
            call -> Value.Bool.of(call.map().entries().containsKey(key(call))),
            Param.STRING)
        .method("put", Type.ANY, CollectionEntries::put, Param.STRING, Param.ANY)
        .method("keySet", Type.STRING_ARRAY, CollectionEntries::keys);
  }

  /** Looking it up reads it. */
  private static String key(Call call) {
    call.meter().read(call.text(0).length());
    return call.text(0);
  }

  private static Value get(Call call, Value otherwise) {
    Value found = call.map().entries().get(key(call));
    return found == null ? otherwise : found;
  }

  private static Value put(Call call) {
    Map<String, Value> entries = call.map().entries();
    String key = key(call);
    if (!entries.containsKey(key)) {
      call.meter().entry(entries.size() + 1L);
    }
    Value before = entries.put(key, call.argument(1));
    return before == null ? Value.Null.NULL : before;
  }

  private static Value keys(Call call) {
    Map<String, Value> entries = call.map().entries();
    call.meter().array(entries.size());
    Value[] keys = new Value[entries.size()];
    int i = 0;
    for (String key : entries.keySet()) {
      keys[i++] = new Value.Text(key);
    }
    return new Value.Array(Type.STRING_ARRAY, keys);
  }

  private static Value length(Call call) {
    return call.made(((Value.Array) call.receiver()).length());
  }

  /** The elements of an array, not copied. */
  static List<Value> items(Value.Array array) {
    return new AbstractList<>() {
      @Override
      public Value get(int index) {
        return array.get(index);
      }

      @Override
      public int size() {
        return array.length();
      }
    };
  }
}
