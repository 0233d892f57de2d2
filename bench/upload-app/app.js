// The least that can take in a file: its body, as it is, into one blob.
const { randomUUID } = require('node:crypto');
const { app } = require('@azure/functions');
const { ContainerClient } = require('@azure/storage-blob');

const container = new ContainerClient(process.env.AzureWebJobsStorage, 'bench-uploads');
const ready = container.createIfNotExists();

app.http('upload', {
  methods: ['POST'],
  handler: async (request) => {
    const body = Buffer.from(await request.arrayBuffer());
    await ready;
    await container.getBlockBlobClient(randomUUID()).upload(body, body.length);
    return { status: 201 };
  },
});
