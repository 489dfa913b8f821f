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
import java.util.Objects;
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
  private final WrittenTypes types;

  NodeCompiler(Library library, Variables variables) {
    this.library = library;
    this.members = new Members(library, findings);
    this.types = new WrittenTypes(library, findings);
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

  Variables variables() {
    return variables;
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
    return new Operations.Variable(
        expression.at(), type, variables.slot(name), name, variables.isUnknown(name));
  }

  private static boolean isParams(Expr expression) {
    return expression instanceof Expr.Name name && name.name().equals(PARAMS);
  }

  private boolean isClass(Expr expression) {
    return expression instanceof Expr.Name name && library.hasClass(name.name());
  }

  /** Refuses to make a variable of a name that means something else; null if it may be one. */
  private @Nullable Node reserved(Position at, String name) {
    if (!name.equals(PARAMS) && !library.hasClass(name)) {
      return null;
    }
    String meaning = name.equals(PARAMS) ? "the object of all parameters" : "a class";
    return findings.mistyped(
        at, "Expected the name of a variable, but '" + name + "' is " + meaning + ".");
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
    nodes.add(condition(operands.pop()));
    variables.beginChoice();
    operands.forEach(operand -> nodes.add(condition(operand)));
    variables.endChoice();
    return new Operations.Logical(expression.at(), expression.and(), nodes.toArray(NO_NODES));
  }

  @Override
  public Node choose(Expr.Conditional expression) {
    Node condition = condition(expression.condition());
    variables.beginChoice();
    Node then = compile(expression.then());
    Node otherwise = compile(expression.otherwise());
    variables.endChoice();
    return new Operations.Conditional(expression.at(), condition, then, otherwise);
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

  /** The type of variables declared so. */
  WrittenTypes.Written declared(Statement.TypeName written) {
    return types.find(written.at(), written.name(), written.array());
  }

  Node declaration(Statement.Declarator declarator, WrittenTypes.Written written) {
    Type type = written.type();
    @Nullable Node reserved = reserved(declarator.at(), declarator.name());
    @Nullable Expr initial = declarator.initial();
    @Nullable Node value = initial == null ? null : compile(initial);
    if (reserved == null) {
      variables.declare(declarator.name(), type);
    }
    if (written.refused() != null) {
      return written.refused();
    }
    if (reserved != null) {
      return reserved;
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
    @Nullable Node reserved = reserved(target.at(), name);
    if (reserved != null) {
      compile(expression.value());
      return reserved;
    }
    boolean compound = expression.operator() != null;
    Type before = compound ? variables.read(name, target.at()) : Type.ANY;
    if (compound && before == Type.ANY) {
      before = variables.held(name);
    }
    Node value = compile(expression.value());
    boolean input = variables.isInput(name);
    Type held = input ? variables.replaced(name, target.at()) : variables.held(name);
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
    if (!Types.fits(held, assigned)) {
      return findings.mistyped(expression.at(), Types.misfit(held, assigned));
    }
    variables.assign(name, assigned);
    return new Assignments.ToVariable(
        expression.at(),
        variables.given(name, assigned),
        variables.slot(name),
        name,
        expression.operator(),
        value);
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
    Optional<String> misfit = misfit(receiver.type, expression.operator(), value.type);
    return misfit.isPresent()
        ? findings.mistyped(expression.at(), misfit.get())
        : new Assignments.ToElement(
            expression.at(), Type.ANY, receiver, index, expression.operator(), value);
  }

  /** Why no element of {@code holder} can become what the assignment gives. */
  private static Optional<String> misfit(
      Type holder, Expr.@Nullable BinaryOperator operator, Type value) {
    // The elements of an array of texts may be null, those of a map anything.
    boolean known = holder.isArray() && holder != Type.STRING_ARRAY;
    Type before = known ? holder.element() : Type.ANY;
    Type found = operator == null ? value : Operators.result(operator, before, value);
    if (found == null) {
      return Optional.of(Operators.refused(Objects.requireNonNull(operator), before, value));
    }
    if (found == Type.NULL || found == Type.VOID || found == Type.PARAMS) {
      return Optional.of(Assignments.notAssignable(found));
    }
    return holder.isArray() && !Types.fits(holder.element(), found)
        ? Optional.of(Types.misfit(holder.element(), found))
        : Optional.empty();
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
    WrittenTypes.Written written = types.find(expression.at(), expression.element(), true);
    Node length = compile(expression.length());
    if (written.refused() != null) {
      return written.refused();
    }
    if (!Types.fits(Type.LONG, length.type)) {
      return findings.mistyped(length.at, Types.misfit(Type.LONG, length.type));
    }
    return new Makers.Empty(expression.at(), written.type(), length);
  }

  @Override
  public Node arrayOf(Expr.ArrayOf expression) {
    WrittenTypes.Written written = types.find(expression.at(), expression.element(), true);
    Type type = written.type();
    Node[] items = compile(expression.items());
    if (written.refused() != null) {
      return written.refused();
    }
    for (Node item : items) {
      if (!Types.fits(type.element(), item.type)) {
        return findings.mistyped(item.at, Types.misfit(type.element(), item.type));
      }
    }
    return new Makers.Filled(expression.at(), type, items);
  }
}
