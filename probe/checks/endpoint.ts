import dns from "node:dns/promises";
import net from "node:net";
import type { PreflightCategory } from "../../platform/preflight/preflight-result.ts";
import { type Check, type Context, failed, type Outcome, passed } from "../check.ts";
import { connectTcp, startTls, untilReady } from "../clients/connection.ts";
import { TimedOut, within } from "../time.ts";
import { networkFailure, type Place } from "../why/network.ts";
import { handshakeFailure, type Identity, judgeCertificate } from "../why/tls.ts";
import { unexpected } from "../why/unexpected.ts";
import { secretCheck } from "./secrets.ts";

/** Something that is reached by name, TCP and perhaps TLS. */
export interface Endpoint {
  /** Starts the names of its checks: "cache". */
  readonly target: string;
  readonly host: string;
  readonly port: number;
  readonly reach: Place["reach"];
  readonly listens: string;
  /** Range of its address, where it is in the network. @default the private services range */
  readonly range?: string;
  /** The category of all its checks. @default names, network and certificates */
  readonly category?: PreflightCategory;
  readonly tls?: {
    readonly identity: Identity;
    /** CA certificates, PEM. @default those that Node trusts */
    readonly ca?: string;
    /** Variable that carries them. */
    readonly authorityFrom?: string;
    /** What it means that the server there does not encrypt. */
    readonly plain: string;
    /** What is said before TLS begins, as PostgreSQL wants. */
    readonly prelude?: (socket: net.Socket, signal: AbortSignal) => Promise<Outcome | undefined>;
  };
}

/** Name, address, TCP and TLS of an endpoint, each after the one before it. */
export function endpointChecks(context: Context, endpoint: Endpoint): Check[] {
  const { target, category } = endpoint;
  const { connect, ready } = context.plan.seconds;
  const bound = ready + connect;
  const place = placeOf(endpoint);
  const check = (name: string, own: PreflightCategory, needs: string[], run: Check["run"]): Check => ({
    name: `${target}/${name}`,
    category: category ?? own,
    needs,
    seconds: bound,
    run,
  });
  const checks = [
    check("name", "names", [], (signal) => resolves(context, endpoint, place, signal)),
    check("tcp", "network", [`${target}/name`], (signal) => accepts(context, endpoint, place, signal)),
  ];
  if (endpoint.reach === "private")
    checks.push(check("address", "names", [`${target}/name`], () => liesInside(context, endpoint)));
  const { tls } = endpoint;
  if (tls !== undefined) {
    const needs = [
      `${target}/tcp`,
      ...(tls.authorityFrom === undefined ? [] : [secretCheck(tls.authorityFrom)]),
    ];
    checks.push(
      check("tls", "certificates", needs, (signal) => encrypts(context, endpoint, tls, place, signal)),
    );
  }
  return checks;
}

/** The last of an endpoint's checks that a client depends on. */
export function reachable(endpoint: Endpoint): string {
  return `${endpoint.target}/${endpoint.tls === undefined ? "tcp" : "tls"}`;
}

export function placeOf({ host, port, reach, listens }: Endpoint): Place {
  return { where: `${host}:${port}`, reach, listens };
}

async function resolves(
  { plan, started }: Context,
  { host }: Endpoint,
  place: Place,
  signal: AbortSignal,
): Promise<Outcome> {
  if (net.isIP(host) !== 0) return passed(`${host} is an address; there is no name to resolve`);
  const { connect, ready } = plan.seconds;
  try {
    const { value, retries } = await untilReady(started + ready * 1000, signal, () =>
      within(`resolving ${host}`, connect, signal, () => dns.lookup(host, { family: 4, all: true })),
    );
    return passed(`${host} is ${value.map(({ address }) => address).join(", ")}${after(retries)}`);
  } catch (error) {
    if (error instanceof TimedOut)
      return failed(
        "infrastructure",
        `${host}: name not resolved within ${error.seconds} s: no name server answers; is port 53 of the metadata server open?`,
      );
    return networkFailure(error, { ...place, where: host }) ?? unexpected(error, host);
  }
}

async function liesInside({ plan }: Context, { host, range: own }: Endpoint): Promise<Outcome> {
  const [inside, owner] =
    own === undefined
      ? [plan.privateServices, "private services range"]
      : [own, "range of Private Service Connect"];
  const addresses = (await dns.lookup(host, { family: 4, all: true })).map(({ address }) => address);
  const [network = "", prefix] = inside.split("/");
  const range = new net.BlockList();
  range.addSubnet(network, Number(prefix), "ipv4");
  const outside = addresses.filter((address) => !range.check(address, "ipv4"));
  if (outside.length === 0) return passed(`${addresses.join(", ")} lies in the ${owner} ${inside}`);
  return failed(
    "infrastructure",
    `${host} is ${outside.join(", ")}, outside of the ${owner} ${inside}: the record points elsewhere, or the instance was made in another range`,
  );
}

async function accepts(
  { plan, started }: Context,
  endpoint: Endpoint,
  place: Place,
  signal: AbortSignal,
): Promise<Outcome> {
  const { connect, ready } = plan.seconds;
  try {
    const { value, retries } = await untilReady(started + ready * 1000, signal, () =>
      connectTcp(endpoint, connect, signal),
    );
    value.destroy();
    return passed(`${place.where} accepts TCP${after(retries)}`);
  } catch (error) {
    return networkFailure(error, place) ?? unexpected(error, place.where);
  }
}

async function encrypts(
  context: Context,
  endpoint: Endpoint,
  tls: NonNullable<Endpoint["tls"]>,
  place: Place,
  signal: AbortSignal,
): Promise<Outcome> {
  const { connect } = context.plan.seconds;
  let socket: net.Socket | undefined;
  try {
    socket = await connectTcp(endpoint, connect, signal);
    const refusal = await tls.prelude?.(socket, signal);
    if (refusal !== undefined) return refusal;
    const secure = await startTls(socket, { host: endpoint.host, ca: tls.ca }, connect, signal);
    const outcome = judgeCertificate(secure, tls.identity, place, context);
    secure.destroy();
    return outcome;
  } catch (error) {
    return handshakeFailure(error, place, tls.plain);
  } finally {
    socket?.destroy();
  }
}

function after(retries: number): string {
  return retries === 0 ? "" : `, after ${retries} more ${retries === 1 ? "attempt" : "attempts"}`;
}
