import type { Block } from "../../graph/index.ts";
import { someOf, words } from "../plan/compare.ts";
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

/** What a change of a Kubernetes object means to requests. */
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
    (change) => [`${title(change)} is made: it ${serversOf(change.after).map(inWords).join("; ")}.`],
  ],
  [
    "VirtualService",
    (change) => [
      `${title(change)} is made for ${someOf(hostsOf(change.after))}: ${routesOf(change.after)
        .map(({ takes, leadsTo }) => `${takes} goes to ${leadsTo}`)
        .join("; ")}.`,
    ],
  ],
  [
    "NetworkPolicy",
    (change) => [
      `${title(change)} is made: only whom it names reaches the pods ${words(objectIn(change.after).get("spec.podSelector.matchLabels"))} from now on.`,
    ],
  ],
  [
    "Certificate",
    (change) => [
      `${title(change)} is ordered for ${someOf(texts(objectIn(change.after), "spec.dnsNames"))}: HTTPS works once it is issued.`,
    ],
  ],
]);

function inWords({ hosts, protocol, port, secret, redirects }: Server): string {
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
            `${host} is served with the certificate in Secret ${secret} instead of ${old}: it must be there and name the host, or browsers are refused.`,
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
      ...differing(`${where} ${takes} is given`, "in all", old.timeout, timeout),
      ...differing(`${where} ${takes} is tried again`, "times", old.retries, retries),
    ];
  });
  const both = (routes: typeof after, others: typeof after): string =>
    routes
      .map(({ takes }) => takes)
      .filter((takes) => others.some((other) => other.takes === takes))
      .join(", ");
  const isReordered = both(before, after) !== both(after, before);
  return isReordered
    ? [...messages, `${where} its routes stand in another order, and the first that matches takes a request.`]
    : messages;
}

function differing(what: string, unit: string, was: string | undefined, now: string | undefined): string[] {
  return was === now
    ? []
    : [`${what} ${now ?? "Istio's default"} ${unit} instead of ${was ?? "Istio's default"}.`];
}

/** The provider tells each change twice: as it is written, and as the cluster will hold it. */
function changedPaths(change: PlannedChange): string[] {
  const of = (root: string): string[] =>
    change.attributes.flatMap(({ path }) =>
      path.startsWith(`${root}.`) ? [path.slice(root.length + 1).replace(/\.\d+(?=\.|$)/g, "")] : [],
    );
  const written = of("manifest");
  const paths = [...new Set(written.length > 0 ? written : of("object"))];
  return paths.length === 0 ? [] : [`${title(change)} changes ${someOf(paths)} in place.`];
}
