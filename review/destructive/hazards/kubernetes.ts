import type { Block } from "../../../graph/index.ts";
import { someOf, valueText } from "../../plan/compare.ts";
import {
  hostsOf,
  KUBERNETES_MANIFEST,
  kindOf,
  objectIn,
  routesOf,
  type Server,
  serversOf,
  texts,
} from "../../plan/kubernetes-object.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Changes in place of mesh objects that affect traffic or remove a restriction. */
export const kubernetesHazards: readonly Hazard[] = [
  of("Gateway", {
    what: "a host removed from a Gateway",
    why: "requests to it are no longer served",
    find: (change) => {
      const gone = missing(hostsOf(change.before), hostsOf(change.after));
      return gone.length === 0
        ? undefined
        : `no longer serves ${someOf(gone)}: requests to it are no longer served`;
    },
  }),
  of("Gateway", {
    what: "HTTPS removed from a host that a Gateway still serves",
    why: "HTTPS connections fail",
    find: (change) => {
      const gone = missing(secured(change.before), secured(change.after));
      const left = gone.filter((host) => hostsOf(change.after).includes(host));
      return left.length === 0
        ? undefined
        : `no longer serves HTTPS for ${someOf(left)}: HTTPS connections fail`;
    },
  }),
  of("Gateway", {
    what: "a redirect to HTTPS removed from a host that a Gateway serves over HTTP",
    why: "requests and cookies travel unencrypted",
    find: (change) => {
      const open = plainIn(change.after);
      const gone = plainRedirected(change.before).filter((host) => open.includes(host));
      return gone.length === 0
        ? undefined
        : `serves ${someOf(gone)} over HTTP without a redirect: requests and cookies travel unencrypted`;
    },
  }),
  of("Gateway", {
    what: "other pods selected by a Gateway",
    why: "the pods selected until now stop serving",
    find: (change) => {
      const [was, now] = [change.before, change.after].map((side) =>
        valueText(objectIn(side).get("spec.selector")),
      );
      return was === now
        ? undefined
        : `selects other pods, ${now} instead of ${was}: the old ones stop serving`;
    },
  }),
  of("VirtualService", {
    what: "a host or a Gateway removed from a VirtualService",
    why: "requests get 404",
    find: (change) => {
      const gateways = (side: Block): string[] => texts(objectIn(side), "spec.gateways");
      const gone = [
        ...missing(hostsOf(change.before), hostsOf(change.after)).map((host) => `host ${host}`),
        ...missing(gateways(change.before), gateways(change.after)).map((gateway) => `gateway ${gateway}`),
      ];
      return gone.length === 0 ? undefined : `no longer routes for ${someOf(gone)}: such requests get 404`;
    },
  }),
  of("VirtualService", {
    what: "a route removed from a VirtualService",
    why: "its requests go to the next matching route, or get 404",
    find: (change) => {
      const paths = (side: Block): string[] => routesOf(side).map(({ takes }) => takes);
      const gone = missing(paths(change.before), paths(change.after));
      return gone.length === 0
        ? undefined
        : `no longer has a route for ${someOf(gone)}: its requests go to the next matching route, or get 404`;
    },
  }),
  of("NetworkPolicy", {
    what: "a NetworkPolicy opened to all sources, or removed from its pods",
    why: "blocked clients can reach the pods",
    find: (change) => {
      const pods = (side: Block): string => valueText(objectIn(side).get("spec.podSelector"));
      if (pods(change.before) !== pods(change.after))
        return `selects other pods, ${pods(change.after)} instead of ${pods(change.before)}: blocked clients can reach the old ones`;
      return !admitsAll(change.before) && admitsAll(change.after)
        ? "admits all sources: blocked clients can reach the pods"
        : undefined;
    },
  }),
];

function of(
  kind: string,
  loss: Pick<Hazard, "what" | "why"> & { find(change: PlannedChange): string | undefined },
): Hazard {
  return onUpdate({
    ...loss,
    types: [KUBERNETES_MANIFEST],
    find: (change) => {
      // What is not known yet may be what it was.
      if (kindOf(change.before) !== kind || kindOf(change.after) !== kind) return undefined;
      const lost = loss.find(change);
      return lost === undefined ? undefined : `${title(change)} ${lost}.`;
    },
  });
}

function missing(before: readonly string[], after: readonly string[]): string[] {
  return [...new Set(before)].filter((item) => !after.includes(item));
}

const hosts = (servers: readonly Server[]): string[] => servers.flatMap((server) => server.hosts);

function secured(gateway: Block): string[] {
  return hosts(serversOf(gateway).filter(({ protocol }) => /^(HTTPS|TLS)$/i.test(protocol)));
}

function plainIn(gateway: Block): string[] {
  return hosts(
    serversOf(gateway).filter(({ protocol, redirects }) => /^HTTP2?$/i.test(protocol) && !redirects),
  );
}

function plainRedirected(gateway: Block): string[] {
  return hosts(serversOf(gateway).filter(({ redirects }) => redirects));
}

/** An ingress rule without `from` admits all sources. */
function admitsAll(policy: Block): boolean {
  return objectIn(policy)
    .blocks("spec.ingress")
    .some(
      (rule) =>
        rule.get("from") === undefined ||
        (rule.blocks("from").length === 0 && Array.isArray(rule.get("from"))),
    );
}
