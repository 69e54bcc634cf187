/** A whole alert policy with one threshold condition, for examples of the rule book. */
export function alertPolicyExample(condition: string): string {
  return `resource "google_monitoring_alert_policy" "example" {
  display_name          = "Example"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]
  conditions {
    display_name = "example"
    condition_threshold {
${indented(condition, 6)}    }
  }
}

resource "google_monitoring_notification_channel" "ops" {
  type   = "email"
  labels = { email_address = "ops@example.com" }
}`;
}

/** A whole Cloud Run service with its service account, for examples; each part adds lines to one of its blocks. */
export function serviceExample({ container = "", template = "", service = "" } = {}): string {
  return `resource "google_service_account" "api" {
  account_id = "api-runtime"
}

resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account = google_service_account.api.email
    containers {
      image = "us-docker.pkg.dev/cloudrun/container/hello"
${indented(container, 6)}    }
${indented(template, 4)}  }
${indented(service, 2)}}`;
}

function indented(text: string, spaces: number): string {
  return text === "" ? "" : `${text.replaceAll(/^/gm, " ".repeat(spaces))}\n`;
}
