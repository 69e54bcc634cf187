import { type Step, type Workflow, workflows } from "../../analysis/workload/workflow.ts";
import type { Rule, Violation } from "../rule.ts";

const HTTP = /^http\.(get|post|put|patch|delete|request)$/;
const SYS = /^sys\.(log|sleep|sleep_until)$/;
const JUMPS = ["end", "break", "continue"];

/** A definition of Workflows that the API can read. */
export const workflowSource: Rule = {
  id: "service/workflow",
  why: "Workflows reads the definition when it is deployed, and rejects one with an error; the provider passes on any text.",
  limit:
    "YAML or JSON; a subworkflow main; params is a list; each name of a step once in its list; for has in or range, try has retry or except; next names a step of the same subworkflow; call names a subworkflow or a function of Workflows; every ${ has its }",
  fix: "Correct source_contents.",
  source: "https://docs.cloud.google.com/workflows/docs/reference/syntax",
  *check(graph) {
    for (const workflow of workflows(graph)) yield* evaluate(workflow);
  },
};

function* evaluate(workflow: Workflow): Iterable<Violation> {
  const { resource, unreadable, names, steps } = workflow;
  if (unreadable !== undefined) {
    yield {
      resource,
      message: `source_contents cannot be read (${unreadable}); rejected by the API: it is YAML or JSON.`,
      fix: "Correct the line; text of Terraform in it begins with ${, an expression of Workflows with $${.",
    };
    return;
  }
  if (!names.includes("main"))
    yield {
      resource,
      message: `source_contents has the subworkflows ${names.join(", ")}; rejected by the API: there is no main.`,
      fix: "Name the one that is run main.",
    };
  for (const name of workflow.unlisted)
    yield {
      resource,
      message: `source_contents: params of ${name} is no list; rejected by the API: parameters are written as a list.`,
      fix: "Write for example params: [input].",
    };
  yield* repeated(workflow);
  for (const step of steps) {
    yield* jump(workflow, step);
    yield* shape(workflow, step);
    yield* call(workflow, step);
    yield* address(workflow, step);
    yield* expressions(workflow, step);
  }
}

/** `next` names a step of its subworkflow, so that each has a name of its own. */
function* repeated({ resource, steps }: Workflow): Iterable<Violation> {
  const seen = new Map<readonly unknown[], Set<string>>();
  for (const { name, workflow, list } of steps) {
    if (list === undefined) continue;
    const names = seen.get(list) ?? new Set<string>();
    if (names.has(name))
      yield {
        resource,
        message: `source_contents: two steps of ${workflow} have the name ${name}; rejected by the API: a step is known by its name.`,
        fix: "Rename one of the two.",
      };
    seen.set(list, names.add(name));
  }
}

/** What a step does, or says about what follows. https://docs.cloud.google.com/workflows/docs/reference/syntax */
const ACTIONS = ["call", "assign", "switch", "for", "return", "next", "raise", "parallel", "steps", "try"];

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What loops, cases, branches and attempts are made of. */
function* shape({ resource }: Workflow, { name, body, list }: Step): Iterable<Violation> {
  const loop = body.for;
  if (typeof loop === "object" && loop !== null && !("in" in loop) && !("range" in loop))
    yield {
      resource,
      message: `source_contents: for of the step ${name} has neither in nor range; rejected by the API: a loop goes through a list, a map or a range.`,
      fix: "Add in: with a list, or range: with the first and the last number.",
    };
  const { parallel, switch: cases, assign } = body;
  if (isMap(parallel) && !("branches" in parallel) && !("for" in parallel))
    yield {
      resource,
      message: `source_contents: parallel of the step ${name} has neither branches nor for; rejected by the API: something runs in parallel.`,
      fix: "Add branches: with a list, or for:.",
    };
  const open = Array.isArray(cases) ? cases.find((each) => isMap(each) && !("condition" in each)) : undefined;
  if (open !== undefined)
    yield {
      resource,
      message: `source_contents: a case of the step ${name} has no condition; rejected by the API: each case has one.`,
      fix: "Add condition: ${true}, or move it out of switch.",
    };
  if (isMap(assign) || typeof assign === "number" || typeof assign === "boolean")
    yield {
      resource,
      message: `source_contents: assign of the step ${name} is no list; rejected by the API: assignments are made in their order.`,
      fix: "Write for example assign: [{ x: 1 }].",
    };
  if (list !== undefined && !Object.keys(body).some((key) => ACTIONS.includes(key)))
    yield {
      resource,
      message: `source_contents: the step ${name} has ${Object.keys(body).join(", ") || "nothing"}; rejected by the API: a step does something.`,
      fix: `Add one of ${ACTIONS.slice(0, 5).join(", ")}.`,
    };
  const { range } = Object(loop) as { readonly range?: unknown };
  if (Array.isArray(range) && range.length !== 2)
    yield {
      resource,
      message: `source_contents: range of the step ${name} has ${range.length} numbers; rejected by the API: a range has its first and its last.`,
      fix: "Write for example range: [1, 10].",
    };
  if ("try" in body && !("retry" in body) && !("except" in body))
    yield {
      resource,
      message: `source_contents: try of the step ${name} has neither retry nor except; rejected by the API: what is tried says what follows an error.`,
      fix: "Add retry: ${http.default_retry}, or except: with as: and steps:.",
    };
}

function* jump({ resource, steps, names }: Workflow, { name, workflow, body }: Step): Iterable<Violation> {
  const { next } = body;
  if (typeof next !== "string" || JUMPS.includes(next) || next.includes("unknown_piece_")) return;
  if (steps.some((step) => step.workflow === workflow && step.name === next) || names.includes(next)) return;
  yield {
    resource,
    message: `source_contents: the step ${name} goes on with "${next}"; rejected by the API: ${workflow} has no such step.`,
    fix: `Name a step of ${workflow}, or end.`,
  };
}

function* call({ resource, names }: Workflow, { name, body }: Step): Iterable<Violation> {
  const called = body.call;
  if (typeof called !== "string" || called.includes("unknown_piece_")) return;
  const isWrong = called.includes(".")
    ? (called.startsWith("http.") && !HTTP.test(called)) || (called.startsWith("sys.") && !SYS.test(called))
    : !names.includes(called);
  if (!isWrong) return;
  yield {
    resource,
    message: `source_contents: the step ${name} calls "${called}"; rejected by the API: there is no such ${called.includes(".") ? "function" : "subworkflow"}.`,
    fix: called.includes(".")
      ? "Write for example http.get, http.post or sys.log."
      : `Name one of ${names.join(", ")}, or a function such as http.post.`,
  };
}

function* address({ resource }: Workflow, { name, body }: Step): Iterable<Violation> {
  const { call: called, args } = body;
  if (typeof called !== "string" || !HTTP.test(called)) return;
  if (args !== undefined && (typeof args !== "object" || args === null || "url" in args)) return;
  yield {
    resource,
    message: `source_contents: the step ${name} calls ${called} without url; rejected by the API: a request has an address.`,
    fix: "Add args with url.",
  };
}

function* expressions({ resource }: Workflow, { name, body }: Step): Iterable<Violation> {
  const open = Object.entries(body).find(
    ([key, value]) =>
      !["steps", "for", "parallel", "try", "except", "switch", "branches"].includes(key) && isOpen(value, 0),
  );
  if (open !== undefined)
    yield {
      resource,
      message: `source_contents: ${open[0]} of the step ${name} has \${ without its }; rejected by the API: an expression is closed.`,
      fix: "Close the expression.",
    };
}

function isOpen(value: unknown, depth: number): boolean {
  if (typeof value === "string") return /\$\{[^}]*$/.test(value);
  if (typeof value !== "object" || value === null || depth > 10) return false;
  return Object.values(value).some((inner) => isOpen(inner, depth + 1));
}
