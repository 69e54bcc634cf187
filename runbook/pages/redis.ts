import type { CacheBudget } from "../../platform/budgets/connection-budget.ts";
import type { Page, RunbookContext } from "../page.ts";

/** Memorystore for Redis. */
export function redisPages(context: RunbookContext, budget: CacheBudget) {
  const { key, record, instance, host, port, settings: cache } = budget.instance;
  const users = context.services.filter((service) =>
    context.cacheUses(service).some((use) => use.instance === budget.instance),
  );
  const { names, locationFlags, projectFlag, network } = context;
  const describe = `gcloud redis instances describe ${instance} --format="yaml(state,host,port,authorizedNetwork,memorySizeGb,redisConfigs)" ${locationFlags}`;
  const toRedis = context.connectivityTests
    .filter(({ id }) => id.endsWith(`-to-${record}`))
    .flatMap(({ name }) => [
      `gcloud network-management connectivity-tests rerun ${name} ${projectFlag}`,
      `gcloud network-management connectivity-tests describe ${name} --format="value(reachabilityDetails.result)" ${projectFlag}`,
    ]);
  return {
    "redis-error-3": {
      means: `A service cannot look up, reach or enter Redis: ${host}, port ${port}. Ranges that differ are normal; what counts is the same network, the way there, the firewall and the number of clients.`,
      first: [
        {
          say: "Ask from inside the network: it distinguishes name, network path, TLS, AUTH and clients.",
          run: [context.preflightCommand],
        },
        {
          say: `Is it there, and in our network? Its address lies in ${network.addresses.privateServices}, authorizedNetwork ends in ${names.network}.`,
          run: [describe],
        },
        { say: "Do route and firewall let it through? REACHABLE is right.", run: toRedis },
      ],
      fix: [
        `The port is ${port} because \`${key}.tls\` is ${cache.tls}: a client with another port waits for ever.`,
        `AUTH or CA failed after a rotation: add the new versions of \`${key}.authSecret\` and \`${key}.caSecret\`, then deploy the services again, which read them when they start.`,
        `Clients: ${budget.used} budgeted of ${budget.limit}; lower \`services.<name>.cache.pool\`, or raise \`${key}.memoryGibibytes\` where the cap follows it.`,
        `Somebody changed network or firewall by hand: \`${context.driftCommand}\`, then deploy.`,
      ],
      rollback: users,
      rules: [
        "reachability/redis-port",
        "reachability/same-network",
        "reachability/firewall-egress",
        "reachability/dns",
        "capacity/redis-clients",
      ],
      escalate:
        "The instance is not READY, or unreachable although the connectivity test says REACHABLE: a support case for Memorystore.",
      section: `Redis: ${instance}`,
    },
    "redis-full": {
      means:
        cache.evictionPolicy === "noeviction"
          ? "Redis is nearly out of memory. With noeviction it refuses writes at the end: sessions cannot be made, users cannot sign in."
          : `Redis is nearly out of memory and drops keys (${cache.evictionPolicy}): sessions or caches vanish early.`,
      first: [
        { say: "How full is it?", run: [describe] },
        {
          say: "Did a deployment begin to keep more, or keys without an expiry? Roll back (below).",
          run: users.map(
            ({ name }) =>
              `gcloud run revisions list --service=${names.service(name)} --limit=3 ${locationFlags}`,
          ),
        },
        {
          say: `Give it room: raise \`${key}.memoryGibibytes\`, then deploy. Connections are cut for a moment.`,
          run: [`npm start -- ${context.name}`, context.deployCommand],
        },
      ],
      fix: [
        "Give every key an expiry, and look for the largest ones.",
        `\`${key}.memoryGibibytes\` (${cache.memoryGibibytes}); \`${key}.evictionPolicy\` where losing keys is better than refusing writes.`,
      ],
      rollback: users,
      rules: ["data/redis-configs", "data/redis-shape", "capacity/redis-clients"],
      escalate: "Memory grows while keys do not: a support case for Memorystore.",
      section: `Redis: ${instance}`,
    },
  } satisfies Record<string, Page>;
}
