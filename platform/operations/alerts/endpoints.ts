import { loadBalancerLimits } from "../../../resources/limits.ts";
import { type Domain, domainOf, domainsOf, settingOf } from "../../edge/domains.ts";
import type { Seconds } from "../../units.ts";
import type { Alert } from "../alert.ts";
import { type AlertContext, wholeMinutes } from "../context.ts";
import type { PromqlTerm } from "../promql.ts";
import { percent, shareOf, thresholds } from "../thresholds.ts";
import { uptimeRegions } from "../uptime-checks.ts";

/** Responses and certificates are evaluated over three periods, so that one slow response is no outage. */
const UPTIME_PERIODS = 3;

/** Alerts on uptime checks. PromQL, because their metrics exist only after the first check. */
type Parts = AlertContext<"edge" | "deadlines" | "uptimeChecks">;

export function endpointAlerts(context: Parts): Alert[] {
  const { uptimeChecks: checks, alertWindows, projectFlag } = context;
  const [first] = checks;
  if (first === undefined) return [];
  const domains = domainsOf(context.edge);
  const window = wholeMinutes(context.deadlines.uptimePeriod * UPTIME_PERIODS);
  const interval = alertWindows.minute;
  const asked = checks.map(({ host, path }) => `https://${host}${path}`);
  const validate = context.checkCommands.outside;
  return [
    {
      id: "endpoint-down",
      severity: "page",
      symptom: "endpoint-down",
      title: `A public endpoint of ${context.name} does not answer`,
      meaning:
        "More than half of the checks from all locations fail: no answer in time, no 2xx, or a certificate that does not hold.",
      numbers: [
        `${percent(thresholds.failingLocations)} of the checks of ${window} s from ${uptimeRegions.join(", ")}, every ${first.period} s, each at most ${first.timeout} s (deadlines.uptimePeriod, deadlines.uptimeTimeout)`,
        ...asked,
      ],
      commands: [
        `curl -sS -o /dev/null -D - ${asked[0]}`,
        validate,
        `gcloud logging read 'resource.type="uptime_url"' --freshness=30m --limit=20 ${projectFlag}`,
      ],
      conditions: [
        {
          kind: "promql",
          title: `fewer than ${percent(thresholds.failingLocations)} of the checks pass`,
          query: {
            terms: [uptime("check_passed", "avg", ["host", "check_id"], "avg_over_time", window)],
            comparison: "<",
            threshold: thresholds.failingLocations,
          },
          duration: alertWindows.minute,
          interval,
        },
      ],
    },
    ...(domains.length === 0
      ? []
      : [certificate(context, domains, "ticket", window), certificate(context, domains, "page", window)]),
  ];
}

/** One alert for all certificates: the host is a label of its series, so that it fires for each host by itself. */
function certificate(
  context: Parts,
  domains: readonly Domain[],
  severity: "ticket" | "page",
  window: Seconds,
): Alert {
  const { names, alertWindows, projectFlag } = context;
  const renewal = loadBalancerLimits.managedCertificateRenewal.value;
  const days = shareOf(
    renewal,
    severity === "page" ? thresholds.certificatePage : thresholds.certificateTicket,
  );
  const hosts = [...new Set(context.uptimeChecks.map(({ host }) => host))];
  const [first] = domains;
  const isOne = domains.length === 1;
  // Of several, the incident names the host, and its domain is one of the numbers.
  const certificates = isOne ? `describe ${names.certificate(first?.name ?? "")}` : "list";
  return {
    id: severity === "page" ? "certificate-expires" : "certificate-not-renewed",
    severity,
    symptom: "wrong-certificate",
    title:
      severity === "page"
        ? `The certificate expires in less than ${days} days`
        : `The certificate has not been renewed`,
    meaning:
      "Google renews a managed certificate by itself as long as the DNS authorization's record is there. It has not: every client will refuse the platform on the day it expires.",
    numbers: [
      `Google begins ${renewal} days before; ${days} days are left`,
      ...domains.map((domain) => {
        const own = hosts.filter((host) => domainOf(context.edge, host)?.name === domain.name);
        return `certificate of ${domain.name} (${settingOf(domain)})${isOne ? "" : `, shown for ${own.join(", ") || "no host that is checked"}`}`;
      }),
    ],
    commands: [
      `gcloud certificate-manager certificates ${certificates} ${projectFlag}`,
      `gcloud certificate-manager dns-authorizations ${certificates} ${projectFlag}`,
      `openssl s_client -connect ${hosts[0]}:443 -servername ${hosts[0]} </dev/null | openssl x509 -noout -subject -ext subjectAltName -dates`,
    ],
    conditions: [
      {
        kind: "promql",
        title: `fewer than ${days} days left`,
        query: {
          terms: [uptime("time_until_ssl_cert_expires", "min", ["host"], "min_over_time", window)],
          comparison: "<",
          threshold: days,
        },
        duration: alertWindows.minute,
        interval: alertWindows.minute,
      },
    ],
  };
}

function uptime(
  metric: string,
  aggregate: PromqlTerm["aggregate"],
  by: readonly string[],
  over: PromqlTerm["over"],
  window: Seconds,
): PromqlTerm {
  return {
    aggregate,
    by,
    over,
    metric: `monitoring.googleapis.com/uptime_check/${metric}`,
    resource: "uptime_url",
    window,
  };
}
