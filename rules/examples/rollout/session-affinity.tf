resource "google_cloud_run_v2_service" "chat" {
  name     = "chat"
  location = "us-central1"
  traffic {
    type     = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
    revision = "chat-00001"
    percent  = 95
  }
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 5
  }
  template {
    service_account  = "chat@acme.iam.gserviceaccount.com"
    session_affinity = true
    containers { image = "us-docker.pkg.dev/acme/apps/chat:1" }
  }
}
