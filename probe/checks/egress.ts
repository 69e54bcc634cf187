import net from "node:net";
import { advised, type Check, type Context, failed, type Outcome, passed } from "../check.ts";
import { get, hostOf, spoken } from "../clients/https.ts";
import { badAnswer, requestFailure } from "../why/https.ts";
import { type Endpoint, endpointChecks, placeOf, reachable } from "./endpoint.ts";

/** The way out: HTTPS to the outside, and from which address it comes. */
export function egressChecks(context: Context): Check[] {
  const { egress, seconds } = context.plan;
  if (egress === undefined) return [];
  const url = new URL(egress.addressEcho);
  const listens = "is preflight.addressEcho the right address?";
  const endpoint: Endpoint = {
    target: "egress",
    host: hostOf(url),
    port: Number(url.port) || 443,
    reach: "public",
    listens,
    tls: { identity: { host: hostOf(url), authority: "a CA that clients trust" }, plain: listens },
  };
  return [
    ...endpointChecks(context, endpoint),
    {
      name: "egress/address",
      category: "egress",
      needs: [reachable(endpoint)],
      seconds: seconds.request + 1,
      run: (signal) => compare(context, url, endpoint, egress.throughNat, signal),
    },
  ];
}

async function compare(
  { plan, expectedAddresses }: Context,
  url: URL,
  endpoint: Endpoint,
  throughNat: boolean,
  signal: AbortSignal,
): Promise<Outcome> {
  const place = placeOf(endpoint);
  try {
    const answer = await get(url, plan.seconds.request, signal);
    const bad = badAnswer(answer, place);
    if (bad !== undefined) return bad;
    const address = answer.body.trim();
    if (answer.status !== 200 || net.isIP(address) === 0)
      return failed(
        "application",
        `${spoken(url)} answers HTTP ${answer.status} and not with an address as text: preflight.addressEcho needs another one`,
      );
    return judge(address, expectedAddresses, throughNat);
  } catch (error) {
    return requestFailure(error, place);
  }
}

function judge(address: string, expected: readonly string[], throughNat: boolean): Outcome {
  if (!throughNat) return passed(`outside HTTPS works, from ${address} (not through Cloud NAT, as written)`);
  if (expected.length === 0)
    return advised(
      `outside HTTPS works, from ${address}; PREFLIGHT_EXPECTED_ADDRESSES names nothing to compare`,
    );
  if (expected.includes(address)) return passed(`outside HTTPS works, from ${address} of Cloud NAT`);
  return failed(
    "infrastructure",
    `outside HTTPS comes from ${address}, not from Cloud NAT's ${expected.join(", ")}: egress is not ALL_TRAFFIC, or NAT has other addresses; partners that allow only the stated addresses reject it`,
  );
}
