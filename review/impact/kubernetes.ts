import type { Block } from "../../graph/index.ts";
import { someOf, valueText } from "../plan/compare.ts";
import {
  hostsOf,
  KUBERNETES_MANIFEST,
  kindOf,
  objectIn,
  routesOf,
  type Server,
  serversOf,
  texts,
} from "../plan/kubernetes-object.ts";
import type { PlannedChange } from "../plan/planned-change.ts";
import { title } from "../plan/title.ts";
import type { ImpactDescription } from "./impact.ts";

/** The impact of a changed Kubernetes object on requests. */
export const kubernetes: ImpactDescription = {
  types: [KUBERNETES_MANIFEST],
  describe: (change) => {
    const describers =
      change.action === "create" ? CREATED : change.action === "update" ? CHANGED : undefined;
    const messages = describers?.get(kindOf(change.after) ?? "")?.(change) ?? [];
    return messages.length > 0 || change.action !== "update" ? messages : changedPaths(change);
  },
};

type Describe = (change: PlannedChange) => string[];

const CREATED: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  [
    "Gateway",
    (change) => [`${title(change)} is created: it ${serversOf(change.after).map(sumText).join("; ")}.`],
  ],
  [
    "VirtualService",
    (change) => [
      `${title(change)} is created for ${someOf(hostsOf(change.after))}: ${routesOf(change.after)
        .map(({ takes, leadsTo }) => `${takes} goes to ${leadsTo}`)
        .join("; ")}.`,
    ],
  ],
  [
    "NetworkPolicy",
    (change) => [
      `${title(change)} is created: only the sources it names can reach the pods ${valueText(objectIn(change.after).get("spec.podSelector.matchLabels"))} from now on.`,
    ],
  ],
  [
    "Certificate",
    (change) => [
      `${title(change)} is requested for ${someOf(texts(objectIn(change.after), "spec.dnsNames"))}: HTTPS works after it is issued.`,
    ],
  ],
]);

function sumText({ hosts, protocol, port, secret, redirects }: Server): string {
  const where = `${someOf(hosts)} on ${protocol} ${port ?? "?"}`;
  if (redirects) return `redirects ${where} to HTTPS`;
  return `serves ${where}${secret === undefined ? "" : ` with the certificate in Secret ${secret}`}`;
}

const CHANGED: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  ["Gateway", gateway],
  ["VirtualService", virtualService],
]);

function gateway(change: PlannedChange): string[] {
  const secrets = (side: Block) =>
    new Map(serversOf(side).flatMap(({ hosts, secret }) => hosts.map((host) => [host, secret] as const)));
  const [was, now] = [secretsOnly(secrets(change.before)), secretsOnly(secrets(change.after))];
  const there = hostsOf(change.before);
  const added = hostsOf(change.after).filter((host) => !there.includes(host));
  return [
    ...(added.length === 0 ? [] : [`${title(change)} also serves ${someOf(added)}.`]),
    ...[...now].flatMap(([host, secret]) => {
      const old = was.get(host);
      return old === undefined || old === secret
        ? []
        : [
            `${host} is served with the certificate in Secret ${secret} instead of ${old}: it must exist and cover the host, or browsers reject the connection.`,
          ];
    }),
  ];
}

/** HTTP servers have none. */
function secretsOnly(secrets: ReadonlyMap<string, string | undefined>): Map<string, string> {
  return new Map([...secrets].flatMap(([host, secret]) => (secret === undefined ? [] : [[host, secret]])));
}

function virtualService(change: PlannedChange): string[] {
  const before = routesOf(change.before);
  const after = routesOf(change.after);
  const where = `${title(change)}:`;
  const messages = after.flatMap(({ takes, leadsTo, timeout, retries }) => {
    const old = before.find((route) => route.takes === takes);
    if (old === undefined) return [`${where} ${takes} goes to ${leadsTo} from now on.`];
    return [
      ...(old.leadsTo === leadsTo ? [] : [`${where} ${takes} goes to ${leadsTo} instead of ${old.leadsTo}.`]),
      ...differing(`${where} ${takes} has a timeout of`, old.timeout, timeout),
      ...differing(`${where} ${takes} has a retry limit of`, old.retries, retries),
    ];
  });
  const both = (routes: typeof after, others: typeof after): string =>
    routes
      .map(({ takes }) => takes)
      .filter((takes) => others.some((other) => other.takes === takes))
      .join(", ");
  const isReordered = both(before, after) !== both(after, before);
  return isReordered
    ? [...messages, `${where} its routes have another order, and the first match takes a request.`]
    : messages;
}

function differing(what: string, was: string | undefined, now: string | undefined): string[] {
  return was === now ? [] : [`${what} ${now ?? "Istio's default"} instead of ${was ?? "Istio's default"}.`];
}

/** The provider reports each change twice: as configured, and as stored in the cluster. */
function changedPaths(change: PlannedChange): string[] {
  const of = (root: string): string[] =>
    change.attributes.flatMap(({ path }) =>
      path.startsWith(`${root}.`) ? [path.slice(root.length + 1).replace(/\.\d+(?=\.|$)/g, "")] : [],
    );
  const written = of("manifest");
  const paths = [...new Set(written.length > 0 ? written : of("object"))];
  return paths.length === 0 ? [] : [`${title(change)} changes ${someOf(paths)} in place.`];
}
