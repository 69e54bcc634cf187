import { type Failure, failed } from "../check.ts";
import { Closed, codeOf, TooLong } from "../clients/connection.ts";
import { Interrupted, TimedOut } from "../time.ts";

/** Where something was tried, for the sentence that says why it failed. */
export interface Place {
  /** "redis.staging.internal:6378", or the path of a socket. */
  readonly where: string;
  /** In the network of this platform, or outside of it. */
  readonly reach: "private" | "public";
  /** What listens there and on which port: said where the connection is refused. */
  readonly listens: string;
}

/** Why a name, a connection or a handshake failed, in the words of the incidents; undefined for what is none of these. */
export function networkFailure(error: unknown, place: Place): Failure | undefined {
  const because = reason(error, place);
  return because === undefined ? undefined : failed("infrastructure", `${place.where}: ${because}`);
}

function reason(error: unknown, { reach, listens }: Place): string | undefined {
  const inside = reach === "private";
  if (error instanceof Interrupted) return error.message;
  if (error instanceof TooLong) return `${error.message}: ${listens}`;
  if (error instanceof Closed) return `the connection was closed at once: ${listens}`;
  switch (codeOf(error)) {
    case "EAI_AGAIN":
      return `name not resolved (error -3, EAI_AGAIN): ${inside ? "private DNS zone not attached to the network, or port 53 of the metadata server not open" : "no name server answers; egress to port 53 of the metadata server"}`;
    case "ENOTFOUND":
      return `name not resolved (error -2, ENOTFOUND): ${inside ? "no such record in the private DNS zone, or zone not attached to the network" : "no such name in public DNS, or none with an IPv4 address; is the host written right in the environment?"}`;
    case "ETIMEDOUT": {
      const length = error instanceof TimedOut ? ` after ${error.seconds} s` : "";
      return `TCP timed out${length}: ${inside ? "egress firewall or connector lets nothing through, or the two are in different networks" : "egress firewall, or no Cloud NAT for this way out"}`;
    }
    case "ECONNREFUSED":
      return `refused: nothing listens there, or wrong port. ${listens}`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `no route: ${inside ? "egress does not lead into the network, or the private services connection is missing" : "no way to the internet from this network (Cloud NAT, default route)"}`;
    case "ECONNRESET":
    case "EPIPE":
      return `the connection was cut: ${listens}`;
    case "EACCES":
    case "EPERM":
      return "this machine does not let the program connect";
    default:
      return undefined;
  }
}
