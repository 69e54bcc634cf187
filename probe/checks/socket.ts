import { type Check, failed, type Outcome, passed } from "../check.ts";
import { connectSocket, untilReady } from "../clients/connection.ts";
import type { DatabaseContext } from "../database-context.ts";

/**
 * Whether the connector's Unix socket accepts connections.
 *
 * @param outcomeOf what an error of the connection means
 */
export function socketCheck(
  { plan, database, started }: DatabaseContext,
  path: string,
  outcomeOf: (error: unknown) => Outcome,
): Check {
  const { connect, ready } = plan.seconds;
  return {
    name: `${database.target}/socket`,
    category: "network",
    needs: [],
    seconds: ready + connect,
    run: async (signal) => {
      const bytes = Buffer.byteLength(path);
      if (bytes > database.socketPathBytes)
        return failed(
          "infrastructure",
          `${path} has ${bytes} bytes, a Unix socket's path at most ${database.socketPathBytes}: shorten the instance's name`,
        );
      try {
        const { value } = await untilReady(started + ready * 1000, signal, () =>
          connectSocket(path, connect, signal),
        );
        value.destroy();
        return passed(`${path} accepts connections`);
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}
