/** What decides a service's position in a rollout. */
export interface Dependent {
  readonly name: string;
  /** Services it calls; other names are external and do not count. */
  readonly dependsOn: readonly string[];
}

/**
 * The selected services in dependency order: auth before backend, backend before frontend. Services that are not selected
 * still count as links. Independent services keep the order of the environment.
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
