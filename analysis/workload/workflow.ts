import type { Graph, Resource, Unknown } from "../../graph/index.ts";
import { yaml } from "../../values/packages.ts";
import { memoize } from "../memoize.ts";
import { HOLE, holes, textOf } from "../references/text.ts";

/** A definition of Workflows, as far as it is known. */
export interface Workflow {
  readonly resource: Resource;
  /** Why it cannot be read; undefined where it can. */
  readonly unreadable: string | undefined;
  /** Names of its subworkflows, "main" included. */
  readonly names: readonly string[];
  readonly steps: readonly Step[];
  /** Names of subworkflows whose params are written as something other than a list. */
  readonly unlisted: readonly string[];
}

export interface Step {
  readonly name: string;
  /** The subworkflow that it is in. */
  readonly workflow: string;
  readonly body: { readonly [key: string]: unknown };
  /** The list that it is one of; undefined for what needs no name: branches, and what is tried. */
  readonly list?: readonly unknown[];
}

/** Longer definitions are refused: 128 KB. https://docs.cloud.google.com/workflows/quotas */
const LONGEST = 131_072;
/** Steps are nested by loops and branches. */
const DEEPEST = 40;

/** Every workflow of the input whose source is known, with unknown pieces as `pieceOf` finds them. */
export const workflows = memoize((graph: Graph): readonly Workflow[] =>
  graph.all("google_workflows_workflow").flatMap((resource) => {
    const text = textOf(resource.get("source_contents"));
    if (text === undefined || text.length > LONGEST || text.replaceAll(HOLE, "").trim() === "") return [];
    return read(resource, text);
  }),
);

/** A line that may be several steps, or none: what `%{ if }` gives whose condition is not known. */
const UNKNOWN_LINE = new RegExp(`^[ \t]*${HOLE}[ \t]*$`, "m");

function read(resource: Resource, text: string): readonly Workflow[] {
  if (UNKNOWN_LINE.test(text)) return [];
  let hole = 0;
  const written = text.replaceAll(HOLE, () => `unknown_piece_${hole++}_`);
  const document = yaml().parseDocument(written, { prettyErrors: false, uniqueKeys: true });
  const [error] = document.errors;
  const nothing = { resource, names: [], steps: [], unlisted: [] };
  if (error !== undefined) {
    const line = written.slice(0, error.pos[0]).split("\n").length;
    // Of an expression within braces or brackets Workflows may read more than YAML does.
    if (/[{[].*\$\{/.test(written.split("\n")[line - 1] ?? "")) return [];
    return [{ ...nothing, unreadable: `line ${line}: ${error.message.split("\n")[0]}` }];
  }
  const root: unknown = document.toJS({ maxAliasCount: 0 });
  if (Array.isArray(root))
    return [{ ...nothing, unreadable: undefined, names: ["main"], steps: stepsIn("main", root, 0) }];
  if (!isObject(root)) return [{ ...nothing, unreadable: "it is neither steps nor subworkflows" }];
  const names = Object.keys(root);
  const steps = names.flatMap((name) => stepsIn(name, Object(root[name]).steps ?? root[name], 0));
  const unlisted = names.filter((name) => {
    const { params } = Object(root[name]) as { readonly params?: unknown };
    return params !== undefined && params !== null && !Array.isArray(params);
  });
  return [{ resource, unreadable: undefined, names, steps, unlisted }];
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The steps of a list, and of the loops, branches and attempts in them. */
function stepsIn(workflow: string, list: unknown, depth: number): Step[] {
  if (!Array.isArray(list) || depth > DEEPEST) return [];
  return list.flatMap((item) =>
    isObject(item)
      ? Object.entries(item).flatMap(([name, body]): Step[] =>
          isObject(body) ? [{ name, workflow, body, list }, ...inner(workflow, body, depth + 1)] : [],
        )
      : [],
  );
}

function inner(workflow: string, body: { readonly [key: string]: unknown }, depth: number): Step[] {
  if (depth > DEEPEST) return [];
  return Object.entries(body).flatMap(([key, value]): Step[] => {
    if (key === "steps") return stepsIn(workflow, value, depth);
    // A step that is tried, and branches, may be without a name.
    if (key === "try" && isObject(value) && Object.hasOwn(value, "call"))
      return [{ name: "try", workflow, body: value }];
    if (key === "branches" || key === "switch")
      return (Array.isArray(value) ? value : []).flatMap((branch): Step[] => {
        if (!isObject(branch)) return [];
        if (key === "switch")
          return [{ name: "switch", workflow, body: branch }, ...inner(workflow, branch, depth + 1)];
        return Object.values(branch).flatMap((each) =>
          isObject(each) ? inner(workflow, each, depth + 1) : [],
        );
      });
    return isObject(value) && ["for", "parallel", "try", "except"].includes(key)
      ? inner(workflow, value, depth + 1)
      : [];
  });
}

/** The unknown value that a text of the definition begins with, such as the URL of a service. */
export function pieceAt(resource: Resource, text: string): Unknown | undefined {
  const [, index] = /^unknown_piece_(\d+)_/.exec(text) ?? [];
  return index === undefined ? undefined : holes(resource.get("source_contents"))[Number(index)];
}

/** One request of a workflow. */
export interface WorkflowCall {
  readonly workflow: Resource;
  readonly step: string;
  readonly url: string;
  /** The kind of token: "OIDC", "OAuth2"; undefined where it sends none. */
  readonly auth: string | undefined;
}

/** The requests of all workflows. */
export const workflowCalls = memoize((graph: Graph): readonly WorkflowCall[] =>
  workflows(graph).flatMap(({ resource, steps }) =>
    steps.flatMap(({ name, body }): WorkflowCall[] => {
      const { url, auth } = Object(body.args) as { readonly url?: unknown; readonly auth?: unknown };
      if (typeof body.call !== "string" || !body.call.startsWith("http.") || typeof url !== "string")
        return [];
      const type = isObject(auth) ? auth.type : undefined;
      return [{ workflow: resource, step: name, url, auth: typeof type === "string" ? type : undefined }];
    }),
  ),
);
