import { cloudSqlLimits, loadBalancerLimits } from "../limits.ts";
import { platformNames } from "../names.ts";
import type { Problem } from "../problem.ts";
import type { Environment } from "../schema/environment.ts";

export function duplicates(environment: Environment): Problem[] {
  const lists: [string, readonly { readonly name: string }[]][] = [
    ["services", environment.services],
    ["secrets", environment.secrets],
    ["externalDependencies", environment.externalDependencies],
    ["notifications", environment.notifications],
  ];
  return lists.flatMap(([list, items]) =>
    items.flatMap((item, index): Problem[] => {
      const first = items.findIndex((other) => other.name === item.name);
      if (first === index) return [];
      return [
        {
          path: [list, index, "name"],
          value: `"${item.name}"`,
          allowed: `${list}[${first}] has this name already`,
          fix: "give each its own name",
          uses: [[list, first, "name"]],
        },
      ];
    }),
  );
}

/** Names are made of the prefix and a part; the tightest of Google's limits on the results is checked here. */
export function nameLengths(environment: Environment): Problem[] {
  const names = platformNames(environment);
  const problems: Problem[] = [];
  environment.services.forEach((service, index) => {
    const account = names.serviceAccount(service.name);
    if (account.length > 30) {
      problems.push({
        path: ["services", index, "name"],
        value: `"${service.name}"`,
        allowed: `its service account "${account}" has ${account.length} characters, and Google allows 30`,
        fix: `shorten it by ${account.length - 30}`,
      });
    }
  });
  const socket = `/cloudsql/${names.connectionName}/.s.PGSQL.5432`;
  if (socket.length > cloudSqlLimits.socketPathLength.value) {
    problems.push({
      path: ["database", "name"],
      value: `"${environment.database.name}"`,
      allowed: `the socket path "${socket}" has ${socket.length} characters, and Linux allows ${cloudSqlLimits.socketPathLength.value}`,
      fix: "shorten the name",
    });
  }
  const certificate = `${names.edge("certificate")}-${environment.edge.certificateDomain}`;
  if (certificate.length > loadBalancerLimits.nameLength.value) {
    problems.push({
      path: ["edge", "certificateDomain"],
      value: `"${environment.edge.certificateDomain}"`,
      allowed: `the certificate's name "${certificate}" has ${certificate.length} characters, and Google allows ${loadBalancerLimits.nameLength.value}`,
      fix: "shorten the prefix, or choose a shorter domain",
    });
  }
  if (names.redis.length > 40) {
    problems.push({
      path: ["cache", "name"],
      value: `"${environment.cache.name}"`,
      allowed: `"${names.redis}" has ${names.redis.length} characters, and Memorystore allows 40`,
      fix: "shorten the name",
    });
  }
  return problems;
}
