package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of params: what the schema takes is what the reader takes. */
final class SchemaParamsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a'",
        "1",
        "1.5",
        "true",
        "[]",
        "['a','b']",
        "[1,2.5]",
        "[false]",
        "{}",
        "{'a':'b'}",
        "{'a':1,'b':{'c':[]}}",
        "{'value':3}",
        "{'value':{'value':3}}",
        "{'value':3,'mode':'CONSTANT','tags':['t']}",
        "{'value':'a','other':'b'}",
        "{'type':'LONG'}",
        "{'type':'LONG','value':1,'other':'b'}",
        "{'type':'STRING','value':'a'}",
        "{'type':'LONG','value':9223372036854775807}",
        "{'type':'double','value':1,'mode':'Constant'}",
        "{'type':'String_map','value':{'a':'b'}}",
        "{'type':'BOOLEAN','value':true}",
        "{'type':'STRING_MAP','value':{}}",
        "{'type':'LONG_ARRAY','value':[]}",
        "{'type':'MAP','value':{'a':{'type':'LONG','value':1},'b':'plain'}}",
      })
  void shouldTakeParams(String param) {
    JsonNode start = start(param);

    assertThat(Schemas.problems("start-request", start)).isEmpty();
    assertThat(read(start).problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[null]",
        "[1,'a']",
        "[[1]]",
        "[{}]",
        "{'a':null}",
        "{'value':null}",
        "{'type':'LONG','value':null}",
        "{'type':null,'value':1}",
        "{'type':'LONG','value':'1'}",
        "{'type':'long','value':'1'}",
        "{'type':'LONG','value':1.5}",
        "{'type':'LONG','value':9223372036854775808}",
        "{'type':'STRING','value':1}",
        "{'type':'DOUBLE','value':'1'}",
        "{'type':'BOOLEAN','value':0}",
        "{'type':'STRING_MAP','value':{'a':1}}",
        "{'type':'STRING_ARRAY','value':[1]}",
        "{'type':'LONG_ARRAY','value':[1.5]}",
        "{'type':'DOUBLE_ARRAY','value':['1']}",
        "{'type':'BOOLEAN_ARRAY','value':{}}",
        "{'type':'MAP','value':[]}",
        "{'type':'MAP','value':{'a':null}}",
        "{'type':'MAP','value':{'a':{'type':'LONG','value':'x'}}}",
        "{'type':'NUMBER','value':1}",
        "{'type':'LONG','value':1,'mode':'SOMETIMES'}",
        "{'type':'LONG','value':1,'tags':'t'}",
        "{'type':'LONG','value':1,'tags':[1]}",
        "{'value':1,'mode':null}",
        "{'value':[1,'a']}",
      })
  void shouldRefuseParams(String param) {
    JsonNode start = start(param);

    assertThat(Schemas.problems("start-request", start)).isNotEmpty();
    assertThat(read(start).problem()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a'", "{'value':1}", "{'type':'LONG','value':1,'mode':'MUTABLE'}"})
  void shouldPromiseTypesOnTasks(String param) {
    JsonNode task = Schemas.example("task").deepCopy();
    ((ObjectNode) task.path("params")).set("p", json(param));

    assertThat(Schemas.problems("task", task)).isNotEmpty();
  }

  @Test
  void shouldHaveAnExampleThatIsValidAndRead() {
    JsonNode params = Schemas.example(Schemas.PARAMS);
    ObjectNode start = JsonNodeFactory.instance.objectNode().put("workflow_id", "etl");
    start.set("run_params", params);

    assertThat(Schemas.problems(Schemas.PARAMS, params)).isEmpty();
    assertThat(read(start).value().orElseThrow().runParams()).hasSameSizeAs(params);
  }

  private static JsonNode start(String param) {
    ObjectNode start = JsonNodeFactory.instance.objectNode().put("workflow_id", "etl");
    start.putObject("run_params").set("p", json(param));
    return start;
  }

  private static JsonNode json(String singleQuoted) {
    return Schemas.tree(singleQuoted.replace('\'', '"'));
  }

  private static Reading<StartRequest> read(JsonNode start) {
    return ProtocolJson.read(Schemas.bytes(start), StartRequest.class);
  }
}
