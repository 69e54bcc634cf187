import { recipients } from "../../platform/operations/recipients.ts";
import type { PlatformPlan } from "../../platform/plan.ts";

const SEVERITIES = [
  { severity: "page", title: "Pages", meaning: "wake somebody: users are affected now" },
  { severity: "ticket", title: "Tickets", meaning: "wait for the morning" },
] as const;

/** Alerts by severity, and who gets them. */
export function Alerts({ plan }: { readonly plan: PlatformPlan }) {
  return (
    <section id="alerts" aria-labelledby="alerts-title">
      <h2 id="alerts-title">Alerts</h2>
      <div class="columns">
        {SEVERITIES.map(({ severity, title, meaning }) => {
          const alerts = plan.alerts.filter((alert) => alert.severity === severity);
          const { names, note } = recipients(plan.notifications, severity);
          return (
            <div key={severity}>
              <h3>
                {title} <span class="count">{alerts.length}</span>
              </h3>
              <p class="quiet">They {meaning}.</p>
              <p>
                To <strong>{names.length === 0 ? "nobody: add notifications" : names.join(", ")}</strong>
              </p>
              {note !== undefined && <p class="note">{note}</p>}
              <ul class="plain">
                {alerts.map((alert) => (
                  <li key={alert.id}>
                    <details>
                      <summary>{alert.title}</summary>
                      <p>{alert.meaning}</p>
                      <ul>
                        {alert.numbers.map((number) => (
                          <li key={number}>{number}</li>
                        ))}
                      </ul>
                    </details>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </section>
  );
}
