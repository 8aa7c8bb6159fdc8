# Start all services
docker-compose up -d

# Create instance
INSTANCE_ID=$(curl -X POST http://localhost:8081/api/v1/compute/instances \
  -H "X-Tenant-ID: integration-test" \
  -H "Content-Type: application/json" \
  -d '{"name": "integration-vm", "flavor": "medium", "type": "vm"}' | jq -r '.id')

# Wait for instance to be running
sleep 3

# Create network
NETWORK_ID=$(curl -X POST http://localhost:8083/api/v1/network/networks \
  -H "X-Tenant-ID: integration-test" \
  -H "Content-Type: application/json" \
  -d '{"name": "vm-network", "cidr": "10.0.1.0/24"}' | jq -r '.id')

# Create volume
VOLUME_ID=$(curl -X POST http://localhost:8082/api/v1/storage/volumes \
  -H "X-Tenant-ID: integration-test" \
  -H "Content-Type: application/json" \
  -d '{"name": "vm-disk", "sizeGB": 50}' | jq -r '.id')

# Wait for volume to be available
sleep 2

# Attach volume to instance
curl -X POST http://localhost:8082/api/v1/storage/volumes/$VOLUME_ID/attach \
  -H "X-Tenant-ID: integration-test" \
  -H "Content-Type: application/json" \
  -d "{\"instanceId\": \"$INSTANCE_ID\"}"

# Verify instance has network and volume
curl -H "X-Tenant-ID: integration-test" \
  http://localhost:8081/api/v1/compute/instances/$INSTANCE_ID
