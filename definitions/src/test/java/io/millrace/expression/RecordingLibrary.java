package io.millrace.expression;

import io.millrace.expression.library.CallContext;
import io.millrace.expression.library.Library;
import io.millrace.expression.library.StandardLibrary;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The standard library, which remembers what was called. */
final class RecordingLibrary implements Library {
  private final List<Callable> called = new ArrayList<>();

  /** The entries that were called, in order. */
  List<Callable> called() {
    return called;
  }

  @Override
  public boolean hasClass(String name) {
    return StandardLibrary.INSTANCE.hasClass(name);
  }

  @Override
  public Optional<Type> declared(String name) {
    return StandardLibrary.INSTANCE.declared(name);
  }

  @Override
  public Optional<Callable> method(Type receiver, String name, int arguments) {
    return StandardLibrary.INSTANCE.method(receiver, name, arguments).map(Recorded::new);
  }

  @Override
  public Optional<Callable> staticMethod(String owner, String name, int arguments) {
    return StandardLibrary.INSTANCE.staticMethod(owner, name, arguments).map(Recorded::new);
  }

  @Override
  public Optional<Callable> constructor(String owner, int arguments) {
    return StandardLibrary.INSTANCE.constructor(owner, arguments).map(Recorded::new);
  }

  @Override
  public Optional<Callable> field(Type receiver, String name) {
    return StandardLibrary.INSTANCE.field(receiver, name).map(Recorded::new);
  }

  @Override
  public Optional<Callable> staticField(String owner, String name) {
    return StandardLibrary.INSTANCE.staticField(owner, name).map(Recorded::new);
  }

  private final class Recorded implements Callable {
    private final Callable entry;

    Recorded(Callable entry) {
      this.entry = entry;
    }

    @Override
    public String label() {
      return entry.label();
    }

    @Override
    public Type result() {
      return entry.result();
    }

    @Override
    public Optional<String> misfit(int argument, Type type) {
      return entry.misfit(argument, type);
    }

    @Override
    public Value call(Value receiver, List<Value> arguments, CallContext context) {
      called.add(entry);
      return entry.call(receiver, arguments, context);
    }
  }
}
