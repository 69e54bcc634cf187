variable "bucket" {
  type = object({
    name     = string
    location = optional(string, "EU")
  })
  default = {
    name     = "acme-orders-media"
    loaction = "europe-west1" # location stays EU
  }
}
resource "google_storage_bucket" "media" {
  name                        = var.bucket.name
  location                    = var.bucket.location
  uniform_bucket_level_access = true
}
