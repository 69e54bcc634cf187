import { type CacheContext, cacheValue } from "../cache-context.ts";
import { failed, type Outcome, passed } from "../check.ts";
import { command, openRedis } from "../clients/redis.ts";
import type { Place } from "../why/network.ts";
import { redisFailure } from "../why/redis.ts";

/** Slots of a cluster: https://valkey.io/topics/cluster-spec/ */
const SLOTS = 16_384;

/** The slots from first to last, and the node that takes their writes. */
interface SlotRange {
  readonly first: number;
  readonly last: number;
  readonly host: string;
  readonly port: number;
}

/**
 * Clients of a cluster connect to the node of each slot, at ports of its own: discovery alone says nothing of the way there.
 *
 * @param password sent by AUTH; undefined without AUTH
 */
export async function nodesAnswer(
  context: CacheContext,
  password: string | undefined,
  place: Place,
  signal: AbortSignal,
): Promise<Outcome> {
  const ask = async (name: readonly [string, ...string[]], at?: SlotRange): Promise<unknown> => {
    const redis = await openRedis(context, signal, at);
    try {
      if (password !== undefined) await command(redis, "AUTH", password);
      return await command(redis, ...name);
    } finally {
      redis.disconnect();
    }
  };
  const ranges = slotRanges(await ask(["CLUSTER", "SLOTS"]), cacheValue(context, "REDIS_HOST") ?? "");
  const without = uncovered(ranges);
  if (without !== undefined)
    return failed(
      "infrastructure",
      `${place.where}: slots ${without} of the cluster have no node: keys in them are refused`,
    );
  const nodes = [...new Map(ranges.map((range) => [addressOf(range), range])).values()];
  // One connection to each is what a client opens at least.
  const answers = await Promise.allSettled(nodes.map((node) => ask(["PING"], node)));
  const lost = answers.findIndex(({ status }) => status === "rejected");
  const measured = {
    answered: answers.filter(({ status }) => status === "fulfilled").length,
    nodes: nodes.length,
  };
  const [node, answer] = [nodes[lost], answers[lost]];
  if (node === undefined || answer?.status !== "rejected")
    return passed(
      `${nodes.length === 1 ? "1 node answers" : `${nodes.length} nodes answer`} for all ${SLOTS} slots`,
      measured,
    );
  const listens =
    "Nodes of a cluster listen on 11000 to 13047, which the egress firewall admits next to the port of discovery";
  const failure = redisFailure(answer.reason, context, { ...place, where: addressOf(node), listens });
  return {
    ...failure,
    why: `${measured.answered} of ${nodes.length} nodes answer. ${failure.why} (slots ${node.first} to ${node.last})`,
    measured,
  };
}

const addressOf = ({ host, port }: SlotRange): string => `${host}:${port}`;

/**
 * Of an answer to CLUSTER SLOTS: [[first, last, [host, port, ...], replicas ...], ...]. A node that does not know its own address is
 * the one that was asked.
 */
function slotRanges(answer: unknown, asked: string): SlotRange[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((entry: unknown): SlotRange[] => {
    const [first, last, primary]: unknown[] = Array.isArray(entry) ? entry : [];
    const [host, port]: unknown[] = Array.isArray(primary) ? primary : [];
    if (typeof first !== "number" || typeof last !== "number" || typeof port !== "number") return [];
    return [{ first, last, host: typeof host === "string" && host !== "" ? host : asked, port }];
  });
}

/** The first slots that are in no range: "0 to 99"; undefined where all are. */
function uncovered(ranges: readonly SlotRange[]): string | undefined {
  let next = 0;
  for (const { first, last } of [...ranges].sort((one, other) => one.first - other.first)) {
    if (first > next) return `${next} to ${first - 1}`;
    next = Math.max(next, last + 1);
  }
  return next < SLOTS ? `${next} to ${SLOTS - 1}` : undefined;
}
