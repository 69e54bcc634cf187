import type { Block } from "../../../graph/index.ts";
import { someOf, words } from "../../plan/compare.ts";
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

/** Changes in place of mesh objects that traffic notices, or that open what was closed. */
export const kubernetesHazards: readonly Hazard[] = [
  of("Gateway", {
    what: "a host taken from a Gateway",
    why: "nothing answers for it",
    find: (change) => {
      const gone = missing(hostsOf(change.before), hostsOf(change.after));
      return gone.length === 0 ? undefined : `no longer serves ${someOf(gone)}: nothing answers for it`;
    },
  }),
  of("Gateway", {
    what: "HTTPS taken from a host that a Gateway goes on serving",
    why: "https:// is refused",
    find: (change) => {
      const gone = missing(secured(change.before), secured(change.after));
      const left = gone.filter((host) => hostsOf(change.after).includes(host));
      return left.length === 0 ? undefined : `has no HTTPS for ${someOf(left)} any more: https:// is refused`;
    },
  }),
  of("Gateway", {
    what: "a redirect to HTTPS taken from a host that a Gateway answers over HTTP",
    why: "requests and cookies travel unencrypted",
    find: (change) => {
      const open = plainIn(change.after);
      const gone = plainRedirected(change.before).filter((host) => open.includes(host));
      return gone.length === 0
        ? undefined
        : `answers http:// for ${someOf(gone)} without a redirect: requests and cookies travel unencrypted`;
    },
  }),
  of("Gateway", {
    what: "other pods chosen by a Gateway",
    why: "the pods that listened stop to",
    find: (change) => {
      const [was, now] = [change.before, change.after].map((side) =>
        words(objectIn(side).get("spec.selector")),
      );
      return was === now
        ? undefined
        : `is served by other pods, ${now} instead of ${was}: those stop to answer`;
    },
  }),
  of("VirtualService", {
    what: "a host or a Gateway taken from a VirtualService",
    why: "requests get 404",
    find: (change) => {
      const gateways = (side: Block): string[] => texts(objectIn(side), "spec.gateways");
      const gone = [
        ...missing(hostsOf(change.before), hostsOf(change.after)).map((host) => `host ${host}`),
        ...missing(gateways(change.before), gateways(change.after)).map((gateway) => `gateway ${gateway}`),
      ];
      return gone.length === 0
        ? undefined
        : `no longer routes for ${someOf(gone)}: requests that come that way get 404`;
    },
  }),
  of("VirtualService", {
    what: "a route taken from a VirtualService",
    why: "its requests go to the next one that matches, or get 404",
    find: (change) => {
      const paths = (side: Block): string[] => routesOf(side).map(({ takes }) => takes);
      const gone = missing(paths(change.before), paths(change.after));
      return gone.length === 0
        ? undefined
        : `has no route for ${someOf(gone)} any more: its requests go to the next one that matches, or get 404`;
    },
  }),
  of("NetworkPolicy", {
    what: "a NetworkPolicy opened to everybody, or taken from its pods",
    why: "whoever it kept away reaches the pods",
    find: (change) => {
      const pods = (side: Block): string => words(objectIn(side).get("spec.podSelector"));
      if (pods(change.before) !== pods(change.after))
        return `is about other pods, ${pods(change.after)} instead of ${pods(change.before)}: whoever it kept away from those reaches them`;
      return !admitsAll(change.before) && admitsAll(change.after)
        ? "admits everybody: whoever it kept away reaches the pods"
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

/** A rule of ingress without `from` admits everybody. */
function admitsAll(policy: Block): boolean {
  return objectIn(policy)
    .blocks("spec.ingress")
    .some(
      (rule) =>
        rule.get("from") === undefined ||
        (rule.blocks("from").length === 0 && Array.isArray(rule.get("from"))),
    );
}
