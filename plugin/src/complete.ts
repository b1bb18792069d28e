process.stderr.write("error: not built yet\n");
