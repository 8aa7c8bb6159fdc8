# 1. Health Check
curl http://localhost:8081/health

# 2. List Flavors
curl http://localhost:8081/api/v1/compute/flavors

# 3. Create an Instance
INSTANCE_ID=$(curl -X POST http://localhost:8081/api/v1/compute/instances \
  -H "X-Tenant-ID: test-tenant" \
  -H "Content-Type: application/json" \
  -d '{
    "name": "test-vm",
    "type": "vm",
    "flavor": "medium",
    "imageId": "ubuntu-22.04"
  }' | jq -r '.id')

echo "Created instance: $INSTANCE_ID"

# 4. Wait for Instance to be Running
# Wait 3 seconds for async creation
sleep 3

# Check status
curl -H "X-Tenant-ID: test-tenant" \
  http://localhost:8081/api/v1/compute/instances/$INSTANCE_ID

# 5. Stop Instance
curl -X POST http://localhost:8081/api/v1/compute/instances/$INSTANCE_ID/stop \
  -H "X-Tenant-ID: test-tenant"

# 6. Restart Instance
curl -X POST http://localhost:8081/api/v1/compute/instances/$INSTANCE_ID/restart \
  -H "X-Tenant-ID: test-tenant"

# 7. Wait for Restart to Complete
# Wait 2 seconds for async restart
sleep 2

# Check status (should be "running")
curl -H "X-Tenant-ID: test-tenant" \
  http://localhost:8081/api/v1/compute/instances/$INSTANCE_ID

# 8. Stop and Delete Instance
# Stop first
curl -X POST http://localhost:8081/api/v1/compute/instances/$INSTANCE_ID/stop \
  -H "X-Tenant-ID: test-tenant"

# Delete
curl -X DELETE http://localhost:8081/api/v1/compute/instances/$INSTANCE_ID \
  -H "X-Tenant-ID: test-tenant"

# 9. List All Instances
curl -H "X-Tenant-ID: test-tenant" \
  http://localhost:8081/api/v1/compute/instances
