package io.millrace.expression.run;

import io.millrace.expression.FailureCode;
import io.millrace.expression.library.Library;
import io.millrace.expression.syntax.Expr;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.syntax.Statement;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions ready. What can't succeed is noted as a failure, and becomes a node that fails
 * when it is reached: a check tells all, an evaluation only what it meets.
 */
final class NodeCompiler implements Expr.Cases<Node> {
  private static final Node[] NO_NODES = {};
  private static final String PARAMS = "params";

  private final Library library;
  private final Variables variables;
  private final Findings findings = new Findings();
  private final Members members;

  NodeCompiler(Library library, Variables variables) {
    this.library = library;
    this.members = new Members(library, findings);
    this.variables = variables;
  }

  Node compile(Expr expression) {
    return expression.accept(this);
  }

  private Node[] compile(List<Expr> expressions) {
    List<Node> nodes = new ArrayList<>(expressions.size());
    expressions.forEach(expression -> nodes.add(compile(expression)));
    return nodes.toArray(NO_NODES);
  }

  Findings findings() {
    return findings;
  }

  /** A node that must give a BOOLEAN. */
  Node condition(Expr expression) {
    Node node = compile(expression);
    return Types.fits(Type.BOOLEAN, node.type)
        ? node
        : findings.mistyped(node.at, Operations.noTruth(node.type));
  }

  static boolean isAlwaysTrue(@Nullable Node condition) {
    return condition == null
        || (condition instanceof Operations.Constant constant
            && constant.value() == Value.Bool.TRUE);
  }

  // ---- values and operators

  @Override
  public Node literal(Expr.Literal expression) {
    return new Operations.Constant(expression.at(), expression.value());
  }

  @Override
  public Node name(Expr.Name expression) {
    String name = expression.name();
    if (isParams(expression)) {
      return new Operations.Constant(expression.at(), Value.Params.PARAMS);
    }
    if (isClass(expression)) {
      return findings.mistyped(expression.at(), "Expected a value, but '" + name + "' is a class.");
    }
    Type type = variables.read(name, expression.at());
    return new Operations.Variable(expression.at(), type, variables.slot(name), name);
  }

  private boolean isParams(Expr expression) {
    return expression instanceof Expr.Name name
        && name.name().equals(PARAMS)
        && !variables.isAssigned(PARAMS);
  }

  /** A variable hides a class of its name. */
  private boolean isClass(Expr expression) {
    return expression instanceof Expr.Name name
        && library.hasClass(name.name())
        && !variables.isAssigned(name.name());
  }

  @Override
  public Node binary(Expr.Binary expression) {
    ArrayDeque<Expr.Binary> spine = new ArrayDeque<>();
    Expr first = expression;
    while (first instanceof Expr.Binary binary) {
      spine.push(binary);
      first = binary.left();
    }
    int length = spine.size();
    Expr.BinaryOperator[] operators = new Expr.BinaryOperator[length];
    Node[] operands = new Node[length];
    Position[] places = new Position[length];
    Node start = compile(first);
    Type type = start.type;
    @Nullable Node refused = null;
    for (int i = 0; i < length; i++) {
      Expr.Binary binary = spine.pop();
      operators[i] = binary.operator();
      operands[i] = compile(binary.right());
      places[i] = binary.at();
      Type result = Operators.result(operators[i], type, operands[i].type);
      if (result == null && refused == null) {
        String message = Operators.refused(operators[i], type, operands[i].type);
        refused = findings.mistyped(places[i], message);
      }
      type = result == null ? Type.ANY : result;
    }
    return refused == null
        ? new Operations.Chain(type, start, operators, operands, places)
        : refused;
  }

  @Override
  public Node logical(Expr.Logical expression) {
    ArrayDeque<Expr> operands = new ArrayDeque<>();
    Expr left = expression;
    while (left instanceof Expr.Logical logical && logical.and() == expression.and()) {
      operands.push(logical.right());
      left = logical.left();
    }
    operands.push(left);
    List<Node> nodes = new ArrayList<>();
    operands.forEach(operand -> nodes.add(condition(operand)));
    return new Operations.Logical(expression.at(), expression.and(), nodes.toArray(NO_NODES));
  }

  @Override
  public Node choose(Expr.Conditional expression) {
    return new Operations.Conditional(
        expression.at(),
        condition(expression.condition()),
        compile(expression.then()),
        compile(expression.otherwise()));
  }

  @Override
  public Node unary(Expr.Unary expression) {
    Node operand = compile(expression.operand());
    Type type = Operators.result(expression.operator(), operand.type);
    return type == null
        ? findings.mistyped(expression.at(), Operators.refused(expression.operator(), operand.type))
        : new Operations.Unary(expression.at(), type, expression.operator(), operand);
  }

  // ---- variables

  /** The type of variables declared so, {@link Type#ANY} if there is no such type. */
  Type declared(Statement.TypeName written) {
    return type(written.at(), written.name(), written.array());
  }

  private Type type(Position at, String name, boolean array) {
    Optional<Type> found = library.declared(name);
    if (found.isEmpty()) {
      findings.refuse(
          at, FailureCode.UNKNOWN_CLASS, "Expected a type, but '" + name + "' is none.");
      return Type.ANY;
    }
    boolean element =
        switch (found.get()) {
          case STRING, LONG, DOUBLE, BOOLEAN -> true;
          case ANY,
              NULL,
              VOID,
              STRING_ARRAY,
              LONG_ARRAY,
              DOUBLE_ARRAY,
              BOOLEAN_ARRAY,
              MAP,
              DATETIME,
              DATETIME_ZONE,
              DATETIME_FORMATTER,
              DATETIME_PROPERTY,
              DAYS,
              UUID,
              PARAMS ->
              false;
        };
    if (array && !element) {
      findings.mistyped(at, "Expected a type that arrays can be of, but '" + name + "' is none.");
      return Type.ANY;
    }
    return array ? found.get().array() : found.get();
  }

  Node declaration(Statement.Declarator declarator, Type type) {
    @Nullable Expr initial = declarator.initial();
    @Nullable Node value = initial == null ? null : compile(initial);
    variables.assign(declarator.name(), type);
    if (type == Type.ANY) {
      String message = "Expected a declared type to exist, but it does not.";
      return new Operations.Refused(declarator.at(), FailureCode.UNKNOWN_CLASS, message);
    }
    if (value != null && !Types.fits(type, value.type)) {
      return findings.mistyped(value.at, Types.misfit(type, value.type));
    }
    int slot = variables.slot(declarator.name());
    return new Assignments.Declaration(declarator.at(), type, slot, value);
  }

  @Override
  public Node assign(Expr.Assign expression) {
    if (expression.target() instanceof Expr.Name name) {
      return assign(expression, name);
    }
    if (expression.target() instanceof Expr.Index element) {
      return assign(expression, element);
    }
    return findings.refuse(
        expression.at(), FailureCode.SYNTAX, "Expected a name or an element, but it is neither.");
  }

  private Node assign(Expr.Assign expression, Expr.Name target) {
    String name = target.name();
    boolean compound = expression.operator() != null;
    Type before = compound ? variables.read(name, target.at()) : Type.ANY;
    Node value = compile(expression.value());
    boolean input = variables.isInput(name);
    Type held = input ? variables.held(name, target.at()) : Type.ANY;
    @Nullable Type found =
        expression.operator() == null
            ? value.type
            : Operators.result(expression.operator(), before, value.type);
    if (found == null && expression.operator() != null) {
      return findings.mistyped(
          expression.at(), Operators.refused(expression.operator(), before, value.type));
    }
    Type assigned = found == null ? Type.ANY : found;
    if (assigned == Type.NULL || assigned == Type.VOID || assigned == Type.PARAMS) {
      return findings.mistyped(expression.at(), Assignments.notAssignable(assigned));
    }
    if (input && !Types.fits(held, assigned)) {
      return findings.mistyped(expression.at(), Types.misfit(held, assigned));
    }
    variables.assign(name, assigned);
    return new Assignments.ToVariable(
        expression.at(), assigned, variables.slot(name), name, expression.operator(), value);
  }

  private Node assign(Expr.Assign expression, Expr.Index target) {
    Node receiver = compile(target.receiver());
    Node index = compile(target.index());
    Node value = compile(expression.value());
    Optional<String> misuse = misuse(receiver.type, index.type);
    if (misuse.isEmpty() && receiver.type == Type.PARAMS) {
      misuse = Optional.of("Expected an array or a map to change, but it is params.");
    }
    if (misuse.isPresent()) {
      return findings.mistyped(target.at(), misuse.get());
    }
    return new Assignments.ToElement(
        expression.at(), Type.ANY, receiver, index, expression.operator(), value);
  }

  /** Why {@code receiver[index]} can't be. */
  private static Optional<String> misuse(Type receiver, Type index) {
    if (receiver == Type.ANY) {
      return Optional.empty();
    }
    if (!receiver.isArray() && receiver != Type.MAP && receiver != Type.PARAMS) {
      return Optional.of(Accesses.noElements(receiver));
    }
    Type wanted = receiver.isArray() ? Type.LONG : Type.STRING;
    return Types.fits(wanted, index) ? Optional.empty() : Optional.of(Types.misfit(wanted, index));
  }

  // ---- members

  @Override
  public Node index(Expr.Index expression) {
    Node receiver = compile(expression.receiver());
    Node index = compile(expression.index());
    Optional<String> misuse = misuse(receiver.type, index.type);
    if (misuse.isPresent()) {
      return findings.mistyped(expression.at(), misuse.get());
    }
    if (receiver.type == Type.PARAMS) {
      findings.call(expression.at(), "get", List.of(expression.index()));
    }
    Type type = receiver.type.isArray() ? receiver.type.element() : Type.ANY;
    // The elements of an array of texts may be null.
    Type known = type == Type.STRING ? Type.ANY : type;
    return new Accesses.Element(expression.at(), known, receiver, index);
  }

  @Override
  public Node field(Expr.Field expression) {
    if (isClass(expression.receiver()) && expression.receiver() instanceof Expr.Name owner) {
      return members.staticField(expression.at(), owner.name(), expression.name());
    }
    Node receiver = compile(expression.receiver());
    return members.ofValue(expression.at(), receiver, expression.name(), null);
  }

  @Override
  public Node call(Expr.Call expression) {
    if (isParams(expression.receiver())) {
      return callOfParams(expression);
    }
    if (isClass(expression.receiver()) && expression.receiver() instanceof Expr.Name owner) {
      Node[] arguments = compile(expression.arguments());
      return members.staticMethod(expression.at(), owner.name(), expression.method(), arguments);
    }
    Node receiver = compile(expression.receiver());
    Node[] arguments = compile(expression.arguments());
    return members.ofValue(expression.at(), receiver, expression.method(), arguments);
  }

  private Node callOfParams(Expr.Call expression) {
    Node[] arguments = compile(expression.arguments());
    Optional<ParamsFunction> found = ParamsFunction.find(expression.method(), arguments.length);
    if (found.isEmpty()) {
      return members.unknown(expression.at(), PARAMS, "function", expression.method());
    }
    findings.call(expression.at(), expression.method(), expression.arguments());
    for (int i = 0; i < Math.min(arguments.length, found.get().texts()); i++) {
      if (!Types.fits(Type.STRING, arguments[i].type)) {
        return findings.mistyped(arguments[i].at, Types.misfit(Type.STRING, arguments[i].type));
      }
    }
    return new Accesses.OfParams(expression.at(), found.get(), arguments);
  }

  // ---- new

  @Override
  public Node construct(Expr.New expression) {
    Node[] arguments = compile(expression.arguments());
    return members.constructor(expression.at(), expression.type(), arguments);
  }

  @Override
  public Node newArray(Expr.NewArray expression) {
    Type type = type(expression.at(), expression.element(), true);
    Node length = compile(expression.length());
    if (!Types.fits(Type.LONG, length.type)) {
      return findings.mistyped(length.at, Types.misfit(Type.LONG, length.type));
    }
    return type == Type.ANY
        ? new Operations.Refused(
            expression.at(), FailureCode.UNKNOWN_CLASS, "Expected an array of a known type.")
        : new Makers.Empty(expression.at(), type, length);
  }

  @Override
  public Node arrayOf(Expr.ArrayOf expression) {
    Type type = type(expression.at(), expression.element(), true);
    Node[] items = compile(expression.items());
    if (type == Type.ANY) {
      return new Operations.Refused(
          expression.at(), FailureCode.UNKNOWN_CLASS, "Expected an array of a known type.");
    }
    for (Node item : items) {
      if (!Types.fits(type.element(), item.type)) {
        return findings.mistyped(item.at, Types.misfit(type.element(), item.type));
      }
    }
    return new Makers.Filled(expression.at(), type, items);
  }
}
