import type { ExpectedDependency, ExpectedHealth, ExpectedNumber, Fault } from "./health-contract.ts";

/** One thing in which the answer is not what it must be. */
export interface HealthDifference {
  readonly kind: "shape" | "service" | "number" | "dependency";
  /** Name of the variable or dependency; the field where the shape is wrong. */
  readonly name: string;
  readonly fault: Fault;
  /** "database initialization: 20 s in force where 75 s is written (I-4)" */
  readonly sentence: string;
}

/**
 * What is different from what must be, in the order of `expected`; empty where the contract is kept. Further fields,
 * numbers and dependencies of the service's own are welcome.
 *
 * @param found the parsed body, anything at all
 */
export function compareHealth(expected: ExpectedHealth, found: unknown): HealthDifference[] {
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
  ];
}

function differentNumber(wanted: ExpectedNumber, found: unknown): HealthDifference[] {
  if (found === wanted.value) return [];
  const incident = wanted.incident === undefined ? "" : ` (${wanted.incident})`;
  const written = `where ${wanted.value}${wanted.unit} is written${incident}`;
  const sentence =
    typeof found === "number"
      ? `${wanted.meaning}: ${found}${wanted.unit} in force ${written}`
      : `${wanted.meaning}: ${wanted.name} is not reported ${written}`;
  return [{ kind: "number", name: wanted.name, fault: "application", sentence }];
}

function differentDependency(wanted: ExpectedDependency, found: unknown): HealthDifference[] {
  const { name } = wanted;
  const told = isRecord(found) ? found : {};
  if (told.status === "up") return [];
  if (told.status !== "down") {
    const sentence = `${name}: its status is not reported`;
    return [{ kind: "dependency", name, fault: "application", sentence }];
  }
  const error = typeof told.error === "string" ? ` (${told.error.slice(0, 200)})` : "";
  return [{ kind: "dependency", name, fault: wanted.fault, sentence: `${name} is down${error}` }];
}

function shape(name: string, found: unknown, allowed: string): HealthDifference {
  const got = (JSON.stringify(found) ?? "missing").slice(0, 80);
  const sentence = `/health/infrastructure does not keep its schema: ${name} is ${got}, allowed is ${allowed} (docs/health-infrastructure.schema.json)`;
  return { kind: "shape", name, fault: "application", sentence };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
