/** A whole alert policy with one threshold condition, for examples of the rule book. */
export function alertPolicyExample(condition: string): string {
  return `resource "google_monitoring_alert_policy" "example" {
  display_name          = "Example"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]
  conditions {
    display_name = "example"
    condition_threshold {
${condition.replaceAll(/^/gm, "      ")}
    }
  }
}

resource "google_monitoring_notification_channel" "ops" {
  type   = "email"
  labels = { email_address = "ops@example.com" }
}`;
}
