// The app of the story: a web server of three processes, one that listens to signals and two that answer.
import cluster from 'node:cluster'
import http from 'node:http'
import os from 'node:os'

const PORT = 8080
const WORKER_COUNT = 2

function startPrimary() {
  for (let i = 0; i < WORKER_COUNT; i++)
    cluster.fork()
  // PID 1 of a container has no default action for SIGTERM: without this, `docker stop` waits ten seconds and kills.
  process.on('SIGTERM', () => process.exit(0))
  cluster.on('exit', () => process.exit(1))
}

function startWorker() {
  const server = http.createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end(`Hello from ${os.hostname()}, process ${process.pid}\n`)
  })
  server.listen(PORT, () => console.log(`process ${process.pid} listens on port ${PORT}`))
}

if (cluster.isPrimary)
  startPrimary()
else
  startWorker()
