import { hasIamLogin } from "../../platform/backing-services/cache-engines.ts";
import type { CacheBudget } from "../../platform/budgets/connection-budget.ts";
import { cacheCommand } from "../../platform/operations/cache-commands.ts";
import type { Page, RunbookContext } from "../page.ts";

/** Memorystore for Valkey. */
export function valkeyPages(context: RunbookContext, budget: CacheBudget) {
  const { key, instance, host, port, settings: cache, engine } = budget.instance;
  const users = context.services.filter((service) =>
    context.cacheUses(service).some((use) => use.instance === budget.instance),
  );
  const { names, locationFlags, network } = context;
  const command = (verb: string): string => cacheCommand(budget.instance, verb, context);
  const describe = command(`describe ${instance} --format="yaml(state,endpoints,nodeType,shardCount)"`);
  const unmanaged = network.unmanaged !== undefined;
  const policy = `gcloud network-connectivity service-connection-policies describe ${names.serviceConnectionPolicy} --region=${context.region} --format="yaml(pscConnections)" --project=${network.unmanaged?.hostProject ?? context.project}`;
  const larger =
    cache.shards === undefined ? `\`${key}.nodeType\`` : `\`${key}.shards\`, or \`${key}.nodeType\``;
  return {
    "redis-error-3": {
      means: `A service cannot look up, reach or enter Valkey: ${host}, port ${port}. Its address is that of an endpoint in ${network.addresses.privateServiceConnect}, behind which the instance is in Google's network.`,
      first: [
        {
          say: "Ask from inside the network: it distinguishes name, network path, TLS, AUTH and clients.",
          run: [context.preflightCommand],
        },
        { say: "Is it there, and with which endpoints?", run: [describe] },
        {
          say: `Is its connection accepted? ACTIVE is right.${unmanaged ? " The policy is of the network's owner, perhaps with another name." : ""}`,
          run: [policy],
        },
      ],
      fix: [
        ...(hasIamLogin(cache)
          ? [
              "AUTH takes an access token of the service's own account (roles/memorystore.dbConnectionUser), which is valid for an hour: a client asks for a new one for each new connection.",
            ]
          : []),
        `The CA failed after a rotation: add a new version of \`${key}.caSecret\`, then deploy the services again, which read it when they start.`,
        `Clients: ${budget.used} budgeted of ${budget.limit} for each node; lower \`services.<name>.cache.pool\`, or choose a larger \`${key}.nodeType\`.`,
        `Somebody changed network or firewall by hand: \`${context.driftCommand}\`, then deploy.`,
      ],
      rollback: users,
      rules: [
        "reachability/connection-policy",
        "reachability/same-network",
        "reachability/firewall-egress",
        "reachability/dns",
        "capacity/redis-clients",
      ],
      escalate: "The instance is not ACTIVE, or no endpoint is accepted: a support case for Memorystore.",
      section: `${engine.label}: ${instance}`,
    },
    "redis-full": {
      means:
        cache.evictionPolicy === "noeviction"
          ? "Valkey is nearly out of memory. With noeviction it refuses writes at the end: sessions cannot be made, users cannot sign in."
          : `Valkey is nearly out of memory and drops keys (${cache.evictionPolicy}): sessions or caches vanish early.`,
      first: [
        { say: "How large is it?", run: [describe] },
        {
          say: "Did a deployment begin to keep more, or keys without an expiry? Roll back (below).",
          run: users.map(
            ({ name }) =>
              `gcloud run revisions list --service=${names.service(name)} --limit=3 ${locationFlags}`,
          ),
        },
        {
          say: `Give it room: raise ${larger}, then deploy.`,
          run: [`npm start -- ${context.name}`, context.deployCommand],
        },
      ],
      fix: [
        "Give every key an expiry, and look for the largest ones.",
        `${larger} (${engine.size(cache)}); \`${key}.evictionPolicy\` where losing keys is better than refusing writes.`,
      ],
      rollback: users,
      rules: ["data/redis-configs", "data/memorystore-shape", "capacity/redis-clients"],
      escalate: "Memory grows while keys do not: a support case for Memorystore.",
      section: `${engine.label}: ${instance}`,
    },
  } satisfies Record<string, Page>;
}
