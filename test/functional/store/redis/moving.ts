// What nodes say is word for word from Redis 7.0; when they say so is hard to arrange. The tests with a real
// Cluster, whose slots move while it is asked, are in test/integration.

export const moving = {
  'the node has given it away': 'MOVED 16 127.0.0.1:7001',
  'the node gives it away just now': 'ASK 16 127.0.0.1:7001',
  'half of the keys have gone': 'TRYAGAIN Multiple keys request during rehashing of slot',
  'the client does not know yet':
    'All keys in the pipeline should belong to the same slots allocation group',
}

export const otherwise = ['Connection is closed.', 'CLUSTERDOWN The cluster is down', 'OOM MOVED']
