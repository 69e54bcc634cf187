import { groupBy } from "../../analysis/lists.ts";
import { OLDEST_PROVIDER } from "../../resources/facts/index.ts";
import { resourceTypes } from "../../resources/index.ts";
import { NEWEST_PROVIDER } from "../../resources/versions.ts";
import { exampleOf } from "../../rules/examples.ts";
import type { RuleText } from "../../rules/waivers.ts";

/** What each family is about, in the order of a read from the network up. */
const families: { readonly [family: string]: string } = {
  address: "Ranges: disjoint, of the right size, and none that Google reserves.",
  reachability: "Services reach what they refer to: network, region, egress, NAT, firewall, ports and names.",
  time: "Deadlines: each shorter than the one that waits for it, and within the limits of the platform.",
  capacity: "Connections, instances, addresses, CPU and memory at full scale and during a rollout.",
  service: "Settings of Cloud Run services, jobs and functions that the API accepts.",
  edge: "The load balancer in front of Cloud Run, from the address to the endpoint group.",
  data: "Cloud SQL and Memorystore: tiers, versions, flags, backups, names and immutable settings.",
  identity: "IAM, service accounts, secrets and workload identity federation.",
  observability: "Alerts, uptime checks, objectives and dashboards that the API accepts and that can fire.",
  mesh: "Istio gateways and virtual services, in YAML or Terraform.",
  input: "What could not be checked.",
  waiver: "Waivers themselves.",
  rollout: "Revisions and traffic that a rollout can move, gate and take back.",
  schema:
    "What no version of the provider takes that the input allows: unknown names, types, words and values.",
};

const preface = `# Rules

Generated from the rules by \`npm run docs\`; edit those (\`rules/<family>/<name>.ts\`).

Each rule answers *holds*, *broken* or *unknown*. An *error* is certainly rejected, fails at run time, or is a security risk, which reports list apart; a *warning* is advice. \`npm run --silent verify -- --explain RULE\` prints one of them.

A finding that a team accepts is waived by rule, address, reason and last day: in \`waivers\` of the environment, or
for Terraform that does not come from this project in a file \`verify.waivers.json\` in the verified folder (or \`--waivers FILE\`),
which may also declare what exists elsewhere:

\`\`\`json
{
  "waivers": [
    {
      "rule": "edge/ssl-policy",
      "address": "google_compute_target_https_proxy.web",
      "reason": "an old client needs TLS 1.0, ticket 1278",
      "expires": "2026-12-31"
    }
  ],
  "external": ["network:shared", "secret:api-key"]
}
\`\`\`

An expired waiver is an error, one that covers nothing a warning, and a waiver in the verified folder lasts a year at most. In Terraform and
Kubernetes files a comment above a resource, or in it, waives one rule there:

\`\`\`hcl
# verify:ignore edge/ssl-policy until 2026-12-31: an old client needs TLS 1.0, ticket 1278
\`\`\`

A team with findings that it cannot fix today keeps them as baseline, and only what is new fails: \`verify infra --format json > baseline.json\`,
then \`verify infra --baseline baseline.json\`. \`--rule\` and \`--skip\` choose rules or families. A file \`.verify.yaml\` in the verified folder
holds \`fail-on\`, \`baseline\`, \`rule\`, \`skip\`, \`external\`, \`var-file\` and \`complete\`. What is waived, skipped or in the baseline is named in the report.
\`--rules FOLDER\` adds rules of a team: modules that export objects with \`id\`, \`why\`, \`limit\`, \`fix\`, \`source\` and \`check(graph)\`.`;

/** What is known of which resource types, by the catalogue. */
function resourceTypesSection(): string {
  const inDepth = resourceTypes
    .filter(({ fieldRules, references, server }) => fieldRules ?? references ?? server)
    .map(({ type }) => `\`${type.replace("google_", "")}\``)
    .sort();
  return `## Resource types

- **In depth**, with bounds of the API and with what they refer to, each below \`google_\`: ${inDepth.join(", ")}. Grants
  (\`..._iam_member\`, \`..._iam_binding\`, \`..._iam_policy\`) of every type are read as well, and Kubernetes manifests, in YAML and in \`kubernetes_manifest\`.
- **By facts of the provider alone** (family \`schema\`): every other type of hashicorp/google and hashicorp/google-beta, from ${OLDEST_PROVIDER} to ${NEWEST_PROVIDER}: names, types,
  what is required or read-only, words and bounds that the provider checks.
- **Any other provider**: nothing is checked, and a note of the report says so, with the types.`;
}

/** docs/RULES.md: every rule by family, with why, limit, fix, source and an example that it reports. */
export function rulesDocument(rules: readonly RuleText[]): string {
  const byFamily = groupBy(rules, familyOf);
  const order = [...new Set([...Object.keys(families), ...byFamily.keys()])];
  const present = order.filter((family) => byFamily.has(family));
  const contents = present.map((family) => {
    const count = byFamily.get(family)?.length ?? 0;
    return `- [${family}](#${family}) (${count}): ${families[family] ?? ""}`;
  });
  const chapters = present.map((family) => chapter(family, byFamily.get(family) ?? []));
  return `${[preface, contents.join("\n"), resourceTypesSection(), ...chapters].join("\n\n")}\n`;
}

function chapter(family: string, rules: readonly RuleText[]): string {
  const sections = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1)).map(section);
  return [`## ${family}`, families[family] ?? "", ...sections].filter((part) => part !== "").join("\n\n");
}

function section({ id, why, limit, fix, source }: RuleText): string {
  const { text, language } = exampleOf(id);
  return `### ${id}

${why}

- **Limit:** ${limit}
- **Fix:** ${fix}
- **Source:** ${/^https?:/.test(source) ? `<${source}>` : source}

\`\`\`${language}
${text}
\`\`\``;
}

function familyOf({ id }: RuleText): string {
  return id.slice(0, id.indexOf("/"));
}
