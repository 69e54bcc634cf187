import type { Rule } from "../rule.ts";
import { alertAligner } from "./alert-aligner.ts";
import { alertEngine } from "./alert-engine.ts";
import { alertFilter } from "./alert-filter.ts";
import { alertLabel } from "./alert-label.ts";
import { alertNever } from "./alert-never.ts";
import { alertShape } from "./alert-shape.ts";
import { alertTiming } from "./alert-timing.ts";
import { channel } from "./channel.ts";
import { dashboard } from "./dashboard.ts";
import { dashboardMetric } from "./dashboard-metric.ts";
import { dashboardTiles } from "./dashboard-tiles.ts";
import { logMetricMissing } from "./log-metric-missing.ts";
import { logMetricShape } from "./log-metric-shape.ts";
import { objective } from "./objective.ts";
import { uptimeHost } from "./uptime-host.ts";
import { uptimeRequest } from "./uptime-request.ts";
import { uptimeTiming } from "./uptime-timing.ts";

/** Alerts, uptime checks and objectives that Monitoring takes, and that can fire. */
export const observabilityRules: readonly Rule[] = [
  alertAligner,
  alertEngine,
  alertFilter,
  alertLabel,
  alertNever,
  alertShape,
  alertTiming,
  channel,
  dashboard,
  dashboardMetric,
  dashboardTiles,
  logMetricMissing,
  logMetricShape,
  objective,
  uptimeHost,
  uptimeRequest,
  uptimeTiming,
];
