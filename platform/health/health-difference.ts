import { isRecord } from "../../values/is-record.ts";
import type { ExpectedDependency, ExpectedHealth, ExpectedNumber, Fault } from "./health-contract.ts";

/** One difference between a response and the contract. */
export interface HealthDifference {
  readonly kind: "shape" | "service" | "number" | "dependency";
  /** Name of the variable or dependency, or the field that violates the schema. */
  readonly name: string;
  readonly fault: Fault;
  /** "database initialization: 20 s in force where 75 s is written" */
  readonly sentence: string;
}

/**
 * Differences from the contract, in the order of `expected`. Additional fields, numbers and dependencies are allowed.
 *
 * @param found the parsed body, any value
 * @param http HTTP status of the response
 */
export function compareHealth(expected: ExpectedHealth, found: unknown, http: number): HealthDifference[] {
  if (!isRecord(found)) return [shape("body", found, "a JSON object")];
  if (found.contract !== 1) return [shape("contract", found.contract, "1")];
  const { service, inForce, dependencies } = found;
  if (service !== expected.cloudRunService) {
    const sentence = `${JSON.stringify(service) ?? "nobody"} answers where ${expected.cloudRunService} is expected: the route leads to another service, or K_SERVICE is not reported`;
    return [{ kind: "service", name: "service", fault: "application", sentence }];
  }
  return [
    ...(typeof found.revision === "string" ? [] : [shape("revision", found.revision, "a text (K_REVISION)")]),
    ...(found.status === "healthy" || found.status === "unhealthy"
      ? []
      : [shape("status", found.status, '"healthy" or "unhealthy"')]),
    ...(isRecord(inForce)
      ? expected.inForce.flatMap((wanted) => differentNumber(wanted, inForce[wanted.name]))
      : [shape("inForce", inForce, "an object of numbers")]),
    ...(isRecord(dependencies)
      ? expected.dependencies.flatMap((wanted) => differentDependency(wanted, dependencies[wanted.name]))
      : [shape("dependencies", dependencies, "an object of dependencies")]),
    ...differentStatus(found.status, isRecord(dependencies) ? dependencies : {}, expected, http),
  ];
}

/** Load balancers and uptime checks see only the HTTP status: 200 of an unhealthy service raises no alert (incident I-2). */
function differentStatus(
  status: unknown,
  dependencies: Record<string, unknown>,
  expected: ExpectedHealth,
  http: number,
): HealthDifference[] {
  const about = { kind: "dependency", name: "status", fault: "application" } as const;
  if ((status === "healthy" && http === 503) || (status === "unhealthy" && http === 200))
    return [
      {
        ...about,
        sentence: `it says ${status} with HTTP ${http}: healthy goes with 200, unhealthy with 503`,
      },
    ];
  const down = Object.entries(dependencies).flatMap(([name, told]) =>
    isRecord(told) && told.status === "down" ? [name] : [],
  );
  if (status !== "unhealthy" || expected.dependencies.some(({ name }) => down.includes(name))) return [];
  const cause = down.length === 0 ? "and no dependency is down" : `because of ${down.join(", ")}`;
  return [{ ...about, sentence: `it says unhealthy, ${cause}` }];
}

function differentNumber(wanted: ExpectedNumber, found: unknown): HealthDifference[] {
  if (found === wanted.value) return [];
  const written = `where ${wanted.value}${wanted.unit} is written`;
  const told = found === undefined ? "is not reported" : `is ${quoted(found)}, no number,`;
  const sentence =
    typeof found === "number"
      ? `${wanted.meaning}: ${found}${wanted.unit} in force ${written}`
      : `${wanted.meaning}: ${wanted.name} ${told} ${written}`;
  return [{ kind: "number", name: wanted.name, fault: "application", sentence }];
}

function differentDependency(wanted: ExpectedDependency, found: unknown): HealthDifference[] {
  const { name } = wanted;
  const told = isRecord(found) ? found : {};
  if (told.status === "up")
    return typeof told.seconds === "number"
      ? []
      : [shape(`dependencies.${name}.seconds`, told.seconds, "a number")];
  if (told.status !== "down") {
    const sentence = `${name}: its status is not reported`;
    return [{ kind: "dependency", name, fault: "application", sentence }];
  }
  const error =
    typeof told.error === "string" ? ` (${told.error.replaceAll(/\p{Cc}+/gu, " ").slice(0, 200)})` : "";
  return [{ kind: "dependency", name, fault: wanted.fault, sentence: `${name} is down${error}` }];
}

function shape(name: string, found: unknown, allowed: string): HealthDifference {
  const sentence = `/health/infrastructure does not keep its schema: ${name} is ${quoted(found)}, allowed is ${allowed} (docs/health-infrastructure.schema.json)`;
  return { kind: "shape", name, fault: "application", sentence };
}

function quoted(found: unknown): string {
  return (JSON.stringify(found) ?? "missing").slice(0, 80);
}
