// Preloaded into each child of the demo: a demo that was killed takes it along.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref() // Listening alone would keep a child alive whose work is done.
