import { cloudRunLimits } from "../../resources/limits.ts";
import { minutes, seconds } from "../units.ts";
import { count, duration } from "./leaf.ts";
import { section } from "./section.ts";

/** Every deadline of the platform, from the first socket to the alert. All in seconds. */
export const deadlines = section({
  /** Timeout of one TCP connection to the database. @default 35 s */
  socketConnect: duration({ from: 1, to: 600 }).default(seconds(35)),
  /** Measured: what the connector needs to add an instance. @default 30 s */
  connectorScaling: duration({ from: 0, to: 600 }).default(seconds(30)),
  /** Measured: what Cloud SQL needs under connection pressure. @default 25 s */
  databasePressure: duration({ from: 0, to: 600 }).default(seconds(25)),
  /** Timeout of the application's database initialization: longer than all of the above. @default 75 s */
  databaseInitialization: duration({ from: 1, to: 600 }).default(seconds(75)),
  /** Initialization attempts before the application exits. @default 3 */
  initializationAttempts: count({ from: 1, to: 20, unit: "attempts" }).default(3),
  /** Cloud Run's start-up window: failed probes tolerated × their period, at most 600 s. @default 600 s */
  startupWindow: duration({
    from: 10,
    to: cloudRunLimits.startupWindow.value,
    because: "Cloud Run kills an instance that has not started in 600 s",
    fix: "write at most seconds(600), or shorten the initialization",
  }).default(seconds(cloudRunLimits.startupWindow.value)),
  /** Statement timeout of the database sessions. @default 30 s */
  databaseStatement: duration({ from: 1, to: 3600 }).default(seconds(30)),
  /** Idle connections leave the pool after this; Cloud Run cuts idle connections at 600 s. @default 300 s */
  poolIdle: duration({ from: 1, to: 3600 }).default(seconds(300)),
  /** The application's drain after SIGTERM; Cloud Run kills at 10 s. @default 9 s */
  shutdownGrace: duration({ from: 1, to: 60 }).default(seconds(9)),
  /** Period of uptime checks. @default 60 s */
  uptimePeriod: duration({ from: 60, to: 900 }).default(seconds(60)),
  /** Timeout of one uptime check. @default 10 s */
  uptimeTimeout: duration({ from: 1, to: 60 }).default(seconds(10)),
  /** A service must be stable for this long before the next one is deployed. @default 5 minutes */
  soak: duration({
    from: 300,
    to: 86400,
    because: "a cascade needs five minutes to show",
  }).default(minutes(5)),
});
