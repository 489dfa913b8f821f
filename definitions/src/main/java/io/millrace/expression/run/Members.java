package io.millrace.expression.run;

import io.millrace.expression.FailureCode;
import io.millrace.expression.library.Library;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what fields, calls and constructors mean, as far as types are known before evaluation. */
final class Members {
  private static final Node[] NO_NODES = {};

  private final Library library;
  private final Findings findings;

  Members(Library library, Findings findings) {
    this.library = library;
    this.findings = findings;
  }

  Node staticField(Position at, String owner, String name) {
    return library
        .staticField(owner, name)
        .<Node>map(field -> new Accesses.OfClass(at, field, NO_NODES))
        .orElseGet(() -> unknown(at, owner, "field", name));
  }

  Node staticMethod(Position at, String owner, String name, Node[] arguments) {
    return library
        .staticMethod(owner, name, arguments.length)
        .map(method -> ofClass(at, method, arguments))
        .orElseGet(() -> unknown(at, owner, "method", name));
  }

  Node constructor(Position at, String owner, Node[] arguments) {
    if (!library.hasClass(owner)) {
      String message = "Expected a class, but '" + owner + "' is none.";
      return findings.refuse(at, FailureCode.UNKNOWN_CLASS, message);
    }
    String message =
        "Expected a constructor of %s, but it has none with %d arguments."
            .formatted(owner, arguments.length);
    return library
        .constructor(owner, arguments.length)
        .map(found -> ofClass(at, found, arguments))
        .orElseGet(() -> findings.refuse(at, FailureCode.UNKNOWN_METHOD, message));
  }

  /** A call or, with no {@code arguments}, a field of what {@code receiver} gives. */
  Node ofValue(Position at, Node receiver, String name, Node @Nullable [] arguments) {
    Map<Type, Library.Callable> byType = new EnumMap<>(Type.class);
    for (Type type : Type.values()) {
      if (receiver.type == Type.ANY || receiver.type == type) {
        Optional<Library.Callable> found =
            arguments == null
                ? library.field(type, name)
                : library.method(type, name, arguments.length);
        found.ifPresent(callable -> byType.put(type, callable));
      }
    }
    if (byType.isEmpty()) {
      int count = arguments == null ? -1 : arguments.length;
      if (!receiver.isRefused()) {
        String message = Accesses.noMember(receiver.type, name, count);
        findings.refuse(at, FailureCode.UNKNOWN_METHOD, message);
      }
      // It runs the receiver all the same: what is wrong there is the first failure.
      return new Accesses.OfValue(at, Type.ANY, receiver, name, byType, arguments);
    }
    Library.Callable known = byType.get(receiver.type);
    if (known == null) {
      return new Accesses.OfValue(at, Type.ANY, receiver, name, byType, arguments);
    }
    @Nullable Node misfit = misfit(known, arguments == null ? NO_NODES : arguments);
    return misfit == null
        ? new Accesses.OfValue(at, known.result(), receiver, name, byType, arguments)
        : misfit;
  }

  Node unknown(Position at, String owner, String kind, String name) {
    String message =
        "Expected a %s of %s, but it has no such %s '%s'.".formatted(kind, owner, kind, name);
    return findings.refuse(at, FailureCode.UNKNOWN_METHOD, message);
  }

  private Node ofClass(Position at, Library.Callable callable, Node[] arguments) {
    @Nullable Node misfit = misfit(callable, arguments);
    return misfit == null ? new Accesses.OfClass(at, callable, arguments) : misfit;
  }

  private @Nullable Node misfit(Library.Callable callable, Node[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      Optional<String> misfit = callable.misfit(i, arguments[i].type);
      if (misfit.isPresent()) {
        return findings.mistyped(arguments[i].at, misfit.get());
      }
    }
    return null;
  }
}
