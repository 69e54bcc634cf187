import { type Check, type Context, failed, type Outcome, passed } from "../check.ts";
import { BrokenSocket, NotUpgraded, roundTrip } from "../clients/web-socket.ts";
import { milliseconds, TimedOut } from "../time.ts";
import { requestFailure } from "../why/https.ts";

/** WebSockets of services that are not in traffic yet: opened, echoed and closed. */
export function webSocketChecks({ plan, contracts }: Context): Check[] {
  const { request } = plan.seconds;
  return contracts.flatMap(({ service, webSocket }): Check[] =>
    webSocket === undefined
      ? []
      : [
          {
            name: `web-socket/${service}`,
            category: "contract",
            needs: [],
            seconds: request + 1,
            run: (signal) => open(service, new URL(webSocket), request, signal),
          },
        ],
  );
}

async function open(service: string, url: URL, seconds: number, signal: AbortSignal): Promise<Outcome> {
  const where = `${url.protocol}//${url.host}${url.pathname}`;
  const startedAt = performance.now();
  try {
    await roundTrip(url, seconds, signal);
    return passed(`${where}: opened, echoed a ping and closed after ${milliseconds(startedAt)} ms`);
  } catch (error) {
    if (error instanceof NotUpgraded || error instanceof BrokenSocket)
      return failed("application", `${where}: ${error.message}`);
    if (error instanceof TimedOut)
      return failed("application", `${where}: not opened, echoed and closed within ${seconds} s`);
    return requestFailure(error, { where, reach: "public", listens: `is ${service} deployed?` });
  }
}
