import type { RuleText } from "../waivers.ts";
import { groupedBy } from "./report.ts";

/** What each family is about, in the order of a read from the network up. */
const families: { readonly [family: string]: string } = {
  address: "Ranges: disjoint where they must be, of the right size, and none that Google keeps for itself.",
  reachability: "A service reaches what it names: network, region, egress, NAT, firewall, ports and names.",
  time: "Every deadline is shorter than the one that waits for it, and within what the platform takes.",
  capacity: "Connections, instances, addresses, CPU and memory at full scale and during a rollout.",
  service: "What Cloud Run takes of a service or job.",
  edge: "The load balancer in front of Cloud Run, from the address to the endpoint group.",
  data: "Cloud SQL and Memorystore: tiers, versions, flags, backups, names and what cannot be changed.",
  identity: "Who may do what, and where secrets stand.",
  observability: "Alerts, uptime checks and objectives that the API takes and that can fire.",
  mesh: "Istio gateways and virtual services, in YAML or Terraform: what is stated twice must agree.",
  waiver: "What is said of waivers themselves.",
};

const preface = `# Rules

Generated from the rules by \`npm run docs\`; edit those (\`rules/<family>/<name>.ts\`).

Each rule answers *holds*, *broken* or *cannot tell* (a value that is known only after the apply). An *error* would certainly be
refused or break; a *warning* is advice. \`npm run --silent verify -- --explain RULE\` prints one of them.

A finding that a team has decided to live with is waived by rule, address, reason and last day: in \`waivers\` of the environment, or
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

An expired waiver is an error, and one that covers nothing a warning.`;

/** docs/RULES.md: every rule by family, with why, limit, fix, source and an example of what is refused. */
export function rulesDocument(rules: readonly RuleText[]): string {
  const byFamily = groupedBy(rules, familyOf);
  const order = [...new Set([...Object.keys(families), ...byFamily.keys()])];
  const present = order.filter((family) => byFamily.has(family));
  const contents = present.map((family) => {
    const count = byFamily.get(family)?.length ?? 0;
    return `- [${family}](#${family}) (${count}): ${families[family] ?? ""}`;
  });
  const chapters = present.map((family) => chapter(family, byFamily.get(family) ?? []));
  return `${[preface, contents.join("\n"), ...chapters].join("\n\n")}\n`;
}

function chapter(family: string, rules: readonly RuleText[]): string {
  const sections = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1)).map(section);
  return [`## ${family}`, families[family] ?? "", ...sections].filter((part) => part !== "").join("\n\n");
}

function section({ id, why, limit, fix, source, example }: RuleText): string {
  const language = example.trimStart().startsWith("{") ? "json" : "hcl";
  return `### ${id}

${why}

- **Limit:** ${limit}
- **Fix:** ${fix}
- **Source:** ${/^https?:/.test(source) ? `<${source}>` : source}

\`\`\`${language}
${example.trimEnd()}
\`\`\``;
}

function familyOf({ id }: RuleText): string {
  return id.slice(0, id.indexOf("/"));
}
