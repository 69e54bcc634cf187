/** The part of a service that gives its place in a rollout. */
export interface Dependent {
  readonly name: string;
  /** Services it calls; other names are external and do not count. */
  readonly dependsOn: readonly string[];
}

/**
 * The wanted services, who is called first: auth before backend, backend before frontend. The order also holds through
 * services that stay behind. Services without an order between them keep the environment's.
 */
export function rolloutOrder(services: readonly Dependent[], wanted: ReadonlySet<string>): string[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const seen = new Set<string>();
  const order: string[] = [];
  const visit = (name: string): void => {
    const service = byName.get(name);
    if (service === undefined || seen.has(name)) return;
    seen.add(name);
    for (const called of service.dependsOn) visit(called);
    if (wanted.has(name)) order.push(name);
  };
  for (const { name } of services) visit(name);
  return order;
}
