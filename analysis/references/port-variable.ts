import { type Container, type Variable, variables, type Workload } from "../workload/index.ts";
import { endpointOf, textOf } from "./text.ts";

const HOST = /_?(HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|SERVER)$/i;

/** What the variables of one server begin with: REDIS of REDIS_HOST, PG of PGHOST. */
export function serverPrefix(name: string): string {
  return name.replace(HOST, "");
}

/** A port that is written for a server, and the variable that holds it. */
export interface WrittenPort {
  readonly name: string;
  readonly port: number;
}

/** Whether a variable of the workload holds the port, by itself or in an address. */
export function namesPort(workload: Workload, port: number): boolean {
  return variables(workload).some(
    ({ name, value }) =>
      endpointOf(value)?.port === port || (/port$/i.test(name) && textOf(value) === String(port)),
  );
}

/** The ports written for the server that a variable names: within it, and in the variable next to it. */
export function portsFor({ env }: Container, variable: Variable): readonly WrittenPort[] {
  const prefix = serverPrefix(variable.name).toLowerCase();
  const own = endpointOf(variable.value)?.port;
  const names = prefix === "" ? [] : [`${prefix}_port`, `${prefix}port`];
  const stated = env.flatMap(({ name, value }) => {
    const text = textOf(value) ?? "";
    const meant = names.includes(name.toLowerCase()) && /^\d+$/.test(text);
    return meant ? [{ name, port: Number(text) }] : [];
  });
  return [...(own === undefined ? [] : [{ name: variable.name, port: own }]), ...stated];
}
