import type { Graph } from "../graph/index.ts";
import { withTexts } from "../reporting/escape.ts";
import { masked } from "../reporting/mask.ts";
import { redacted } from "../reporting/redacted.ts";
import { SENSITIVE } from "../reporting/sensitive.ts";
import { withoutSecretTexts } from "../resources/index.ts";
import { byText } from "../values/by-text.ts";

/** What is reported of the graphs, without the secrets that they hold. */
export function withoutSecrets<Report>(report: Report, graphs: readonly Graph[]): Report {
  const shown = byText((text) => withoutSecretTexts(text, SENSITIVE));
  const secrets = new Set(graphs.flatMap((graph) => [...secretsIn(graph)]));
  const addresses = graphs.flatMap((graph) =>
    [...graph.all(), ...graph.data(), ...graph.removed].map(({ address }) => address),
  );
  // Keys of addresses first, while two of them are still two.
  return withTexts(redacted(report, secrets, addresses), shown);
}

/** What the input marks as sensitive, and what only the name of an attribute or a variable gives away. */
function secretsIn(graph: Graph): ReadonlySet<string> {
  const found = new Set(graph.sensitive);
  for (const { type, values } of [...graph.all(), ...graph.data(), ...graph.removed])
    masked(values, /^kubernetes_secret(_v1)?$/.test(type) ? { data: true } : undefined, found);
  return found;
}
