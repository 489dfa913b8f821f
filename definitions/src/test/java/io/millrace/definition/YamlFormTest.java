package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class YamlFormTest {
  @Test
  void shouldPutEveryFieldAtItsLevel() {
    assertShaped(
        """
        Workflow:
          id: w
          name: n
          owner: me
          run_strategy: parallel
          workflow_concurrency: 3
          step_concurrency: 7
          alerting: {emails: [a@b]}
          alerting_disabled: true
          is_active: false
          git_info: {sha: abc}
          instance_step_concurrency: 9
          time_triggers: [{cron: "@daily"}]
          signal_triggers: [{definitions: {s: {}}}]
          p: 1
          jobs:
            - job: {id: a, type: Sleep, sleep_seconds: 1, retry_policy: {error_retry_limit: 1},
                signal_dependencies: {}, signal_outputs: {}, failure_mode: FAIL_IMMEDIATELY}
        """,
        """
        {'is_active':false,'git_info':{'sha':'abc'},
        'properties':{'owner':'me','run_strategy':{'rule':'parallel','workflow_concurrency':3},
        'step_concurrency':7,'alerting':{'emails':['a@b']},'alerting_disabled':true},
        'workflow':{'id':'w','name':'n','instance_step_concurrency':9,
        'time_triggers':[{'cron':'@daily'}],'signal_triggers':[{'definitions':{'s':{}}}],
        'params':{'p':1},
        'steps':[{'step':{'id':'a','type':'Sleep','retry_policy':{'error_retry_limit':1},
        'signal_dependencies':{},'signal_outputs':{},'failure_mode':'FAIL_IMMEDIATELY',
        'params':{'sleep_seconds':1}}}]}}
        """);
  }

  @Test
  void shouldGiveNoValueThatNobodyWrote() {
    assertShaped("workflow:\n  id: w\n  jobs: []\n", "{'workflow':{'id':'w','steps':[]}}");
  }

  @Test
  void shouldLeaveTheShapeOfTheJsonFormAlone() {
    assertShaped(
        "properties: {owner: me}\nworkflow: {id: w, steps: [{step: {id: a, type: NoOp}}]}\n",
        "{'properties':{'owner':'me'},'workflow':{'id':'w','steps':[{'step':{'id':'a','type':'NoOp'}}]}}");
  }

  @Test
  void shouldReadEveryFormOfAParam() {
    assertParams("p: x", "'p':'x'");
    assertParams("'!p': 1 + 2", "'p':{'expression':'1 + 2','type':'STRING'}");
    assertParams("p<long>: 5", "'p':{'value':5,'type':'LONG'}");
    assertParams("p<string>(constant): x", "'p':{'value':'x','type':'STRING','mode':'CONSTANT'}");
    assertParams("'!p<long>(mutable)': x", "'p':{'expression':'x','type':'LONG','mode':'MUTABLE'}");
    assertParams("p<array<double>>: [1.5]", "'p':{'value':[1.5],'type':'DOUBLE_ARRAY'}");
    assertParams("p<LONG_ARRAY>: []", "'p':{'value':[],'type':'LONG_ARRAY'}");
    assertParams("p: {a: x}", "'p':{'value':{'a':'x'},'type':'STRING_MAP'}");
    assertParams("p<pmap>: {a: x}", "'p':{'value':{'a':'x'},'type':'MAP'}");
    assertParams("p: {}", "'p':{'value':{},'type':'MAP'}");
    assertParams(
        "p: {'!a<long>': x, b: 1}",
        "'p':{'value':{'a':{'expression':'x','type':'LONG'},'b':1},'type':'MAP'}");
    assertParams("params: {p: {value: 1, type: LONG}}", "'p':{'value':1,'type':'LONG'}");
  }

  @Test
  void shouldReadEveryFormOfATransition() {
    assertThat(
            PlainTree.of(
                new YamlTransition(new Problems(9))
                    .shape(tree("[IF a > 1 THEN b, if x == ' then ' then c, d, OTHERWISE e]"))))
        .isEqualTo(
            "{'successors':{'b':'a > 1','c':'x == ' then '','d':'true',"
                + "'e':'!((a > 1) || (x == ' then '))'}}");
    assertThat(PlainTree.of(new YamlTransition(new Problems(9)).shape(tree("[OTHERWISE e]"))))
        .isEqualTo("{'successors':{'e':'true'}}");
  }

  @Test
  void shouldLetOwnTransitionsWinOverTheDag() {
    String jobs =
        "  jobs: [{job: {id: a}}, {job: {id: b, transition: [d]}}, {job: {id: c}}, {job: {id: d}}]\n";
    String b = "{'step':{'id':'b','transition':{'successors':{'d':'true'}}}}";

    assertShaped(
        "workflow:\n  dag: sequential\n" + jobs,
        "{'workflow':{'steps':[{'step':{'id':'a','transition':{'successors':{'b':'true'}}}},"
            + b
            + ",{'step':{'id':'c','transition':{'successors':{'d':'true'}}}},{'step':{'id':'d'}}]}}");
    assertShaped(
        "workflow:\n  dag: {a: [IF x THEN c], b: [c]}\n" + jobs,
        "{'workflow':{'steps':[{'step':{'id':'a','transition':{'successors':{'c':'x'}}}},"
            + b
            + ",{'step':{'id':'c'}},{'step':{'id':'d'}}]}}");
    assertShaped(
        "workflow:\n  dag: parallel\n  jobs: [{job: {id: a}}]\n",
        "{'workflow':{'steps':[{'step':{'id':'a'}}]}}");
  }

  @Test
  void shouldReadSubworkflowsAndLoops() {
    assertStep(
        "{subworkflow: {id: s, version: 3, sync: false, p: 1}}",
        "{'subworkflow':{'id':'s','sync':false,'params':{'subworkflow_version':'3','p':1,"
            + "'subworkflow_id':'s'}}}");
    assertStep(
        "{subworkflow: {id: s, workflow_id: other}}",
        "{'subworkflow':{'id':'s','params':{'subworkflow_id':'other'}}}");
    assertStep(
        "{foreach: {id: f, job_concurrency: 2, strict_ordering: true, q: 1, dag: sequential,"
            + " ranges: {i: {to: 5}, j: {from: 1, to: 9, increment: 2}}, loop_params: {k: [a]},"
            + " jobs: [{job: {id: x, type: NoOp}}]}}",
        "{'foreach':{'id':'f','concurrency':2,'strict_ordering':true,"
            + "'steps':[{'step':{'id':'x','type':'NoOp'}}],"
            + "'params':{'q':1,'loop_params':{'value':{'k':['a'],"
            + "'i':{'expression':'Util.intsBetween(0, 5, 1)','type':'LONG_ARRAY'},"
            + "'j':{'expression':'Util.intsBetween(1, 9, 2)','type':'LONG_ARRAY'}},'type':'MAP'}}}}");
    assertStep(
        "{while: {id: w, condition: i < 3, params: {i: 0}, jobs: []}}",
        "{'while':{'id':'w','condition':'i < 3','steps':[],"
            + "'params':{'loop_params':{'value':{'i':0},'type':'MAP'}}}}");
  }

  @Test
  void shouldTellWhatIsWrongAtItsPlaceInTheYaml() {
    assertTold(
        """
        Workflow:
          id: w
          owner: me
          «p<int>: 1
          q<long>: «text
          «r<: 1
          s: 1
          «s<long>: 2
          dag: {«nowhere: [a]}
          jobs:
            - job:
                id: a
                type: NoOp
                transition:
                  - «OTHERWISE b
                  - «IF x b
            - «task: {}
            - job:
                id: b
                type: NoOp
                timeout: «soon
        """,
        "BAD_VALUE $.Workflow['p<int>']",
        "WRONG_TYPE $.Workflow['q<long>']",
        "BAD_NAME $.Workflow['r<']",
        "DUPLICATE $.Workflow['s<long>']",
        "UNKNOWN_STEP $.Workflow.dag.nowhere",
        "BAD_VALUE $.Workflow.jobs[0].job.transition[0]",
        "BAD_VALUE $.Workflow.jobs[0].job.transition[1]",
        "UNKNOWN_FIELD $.Workflow.jobs[1].task",
        "BAD_VALUE $.Workflow.jobs[2].job.timeout");
  }

  @Test
  void shouldTellAMistakeInAConditionOnceAndNotAtItsOtherwise() {
    assertTold(
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job:
                id: a
                type: NoOp
                transition:
                  - IF «rows > 0 THEN b
                  - «IF 1 + 1 THEN c
                  - OTHERWISE d
            - job: {id: b, type: NoOp}
            - job: {id: c, type: NoOp}
            - job: {id: d, type: NoOp, transition: [IF «rows > 0 THEN e, IF !(«rows > 0) THEN f]}
            - job: {id: e, type: NoOp}
            - job: {id: f, type: NoOp}
        """,
        "UNKNOWN_NAME $.workflow.jobs[0].job.transition[0]",
        "EXPRESSION_TYPE $.workflow.jobs[0].job.transition[1]",
        "UNKNOWN_NAME $.workflow.jobs[3].job.transition[0]",
        "UNKNOWN_NAME $.workflow.jobs[3].job.transition[1]");
  }

  @Test
  void shouldTellJobsThatAreNotThereOnce() {
    assertTold(
        """
        workflow:
          «id: w
          owner: me
        """,
        "MISSING $.workflow.jobs");
    assertTold(
        """
        workflow:
          id: w
          owner: me
          jobs: «none
        """,
        "WRONG_TYPE $.workflow.jobs");
    assertTold(
        """
        workflow:
          id: w
          owner: me
          jobs:
            - foreach: «{id: a, ranges: {i: {to: 3}}}
        """,
        "MISSING $.workflow.jobs[0].foreach.jobs");
  }

  @Test
  void shouldReadAWorkflowLikeItsJson() {
    String yaml =
        """
        Workflow:
          id: w
          owner: me
          dag: sequential
          jobs:
            - job: {id: a, type: NoOp}
            - job: {id: b, type: work, p: 1.50}
        """;
    String json =
        Told.steps(
            "{'step':{'id':'a','type':'NoOp','transition':{'successors':{'b':'true'}}}},"
                    .replace('\'', '"')
                + "{'step':{'id':'b','type':'work','params':{'p':1.50}}}".replace('\'', '"'));

    assertThat(Told.accepted(yaml)).isEqualTo(Told.accepted(json));
  }

  private static void assertParams(String yaml, String expected) {
    assertShaped(
        "workflow:\n  jobs: []\n  " + yaml + "\n",
        "{'workflow':{'params':{" + expected + "},'steps':[]}}");
  }

  private static void assertStep(String job, String expected) {
    assertShaped(
        "workflow:\n  jobs:\n    - " + job + "\n", "{'workflow':{'steps':[" + expected + "]}}");
  }

  private static void assertShaped(String yaml, String expected) {
    Problems problems = new Problems(100);
    SourceNode shaped = new YamlForm(problems).envelope(tree(yaml));

    assertThat(PlainTree.of(shaped)).isEqualTo(expected.replace("\n", ""));
    assertThat(problems.inOrder()).isEmpty();
  }

  private static SourceNode tree(String yaml) {
    Problems problems = new Problems(100);
    SourceNode tree =
        new YamlParser(DefinitionLimits.DEFAULT, YamlLimits.DEFAULT, problems)
            .parse(yaml)
            .orElseThrow(() -> new AssertionError(problems.inOrder().toString()));
    assertThat(problems.inOrder()).isEmpty();
    return tree;
  }
}
