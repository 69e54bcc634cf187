/** Facts of Google Cloud and its providers, and plain functions on addresses, names, numbers and tables: every other room may import them. */
const ground: readonly string[] = ["resources", "values"];

/**
 * The rooms and which other rooms each may import, in addition to the ground. Arrows run down only; the one list
 * that the dependency check, the package and the tests read.
 */
const above: Readonly<Record<string, readonly string[]>> = {
  platform: [],
  graph: [],
  environments: ["platform"],
  // Text that others wrote, escaped for terminals, logs, Markdown and SARIF, within their limits.
  reporting: ["graph", "resources"],
  // Requests to APIs and hosts: retries, back-off, deadlines, proxies.
  http: [],
  // What refuses to synthesize an app that breaks rules.
  assertions: ["graph", "platform", "reporting", "rules", "verification"],
  constructs: ["assertions", "platform"],
  // Matchers and readers for unit tests on synthesized JSON.
  testing: ["assertions", "platform", "rules", "stacks", "synthesis", "verification"],
  mesh: ["http", "platform"],
  terraform: ["graph", "platform"],
  // Deploys reviewed plans stack by stack, sets up the state bucket, and reports to GitHub.
  delivery: ["google", "graph", "http", "platform", "terraform"],
  runbook: ["mesh", "platform"],
  stacks: ["assertions", "constructs", "mesh", "platform"],
  // What Terraform means across its resources: workloads, networks, load balancers, rights, deadlines, shared budgets, the topology.
  analysis: ["graph"],
  // A second proof that shared the first one's code would prove nothing; facts it may share.
  rules: ["analysis", "graph", "platform", "reporting"],
  // Terraform that this project did not write, with its waivers, and the formats of the report.
  verification: ["analysis", "graph", "platform", "reporting", "resources", "rules"],
  // One program in one file, bundled where its sources have changed.
  bundles: [],
  // The page of an environment, a review or a verification; page/client/ is the program in it.
  page: ["analysis", "bundles", "graph", "platform", "reporting", "review", "rules"],
  // Environments to proven Terraform JSON in an output folder.
  synthesis: ["analysis", "bundles", "graph", "mesh", "platform", "rules", "stacks"],
  probe: ["platform"],
  google: ["http", "platform"],
  gate: ["google", "platform"],
  review: ["analysis", "graph", "platform", "reporting", "rules"],
  validation: ["google", "http", "platform"],
  rollout: ["platform", "reporting"],
  // Cloud Run, Terraform and Cloud Storage behind the ports that rollout declares.
  "rollout-adapters": ["google", "graph", "platform", "review", "rollout", "terraform", "validation"],
};

export const rooms: Readonly<Record<string, readonly string[]>> = {
  values: [],
  resources: ["values"],
  ...Object.fromEntries(Object.entries(above).map(([room, allowed]) => [room, [...allowed, ...ground]])),
};

/** Rooms with one door, `index.ts`: other rooms import nothing else of them. Their own tests may. */
export const doors: readonly string[] = ["graph"];

/** What only starts things: these may import every room, and no room imports them. */
export const outside: readonly string[] = ["commands", "test", "tools", "bench"];
