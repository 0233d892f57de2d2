/** The imports of an app that loads every SDK at the top of its files; loaded before the app itself. */
import '@azure/functions';
import '@azure/identity';
import '@azure/data-tables';
import '@azure/storage-blob';
import '@azure/storage-queue';
import '@microsoft/microsoft-graph-client';
