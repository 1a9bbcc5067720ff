"""A standalone Spark cluster on loopback: a master, and workers that can be killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

import pyspark
from pyspark.sql import SparkSession

HOST = "127.0.0.1"


class Cluster:
    """A master and two workers, each with a local directory of its own, so that what a dead one held is gone."""

    def __init__(self, folder: Path, workers: int = 2, memory: str = "1g") -> None:
        self.folder = folder
        self.count = workers
        self.memory = memory
        self.port = _free_port()
        self.master: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def url(self) -> str:
        """What a session connects to."""
        return f"spark://{HOST}:{self.port}"

    def __enter__(self) -> Cluster:
        place = ["--host", HOST, "--port", str(self.port), "--webui-port", "0"]
        self.master = self._start("master", ["org.apache.spark.deploy.master.Master", *place])
        _wait_for(self.port)
        for _ in range(self.count):
            self.add_worker()
        return self

    def add_worker(self) -> None:
        """Starts one more worker, with one core."""
        name = f"worker-{len(self.workers)}"
        place = ["--host", HOST, "--webui-port", "0", "--cores", "1", "--memory", self.memory]
        local = ["--work-dir", str(self.folder / name)]
        words = ["org.apache.spark.deploy.worker.Worker", *place, *local, self.url]
        self.workers.append(self._start(name, words))

    def kill(self, worker: int) -> None:
        """Ends a worker, its executor and their Python processes at once (SIGKILL), and removes what they held."""
        group = self.workers[worker].pid
        os.killpg(group, signal.SIGKILL)
        self.workers[worker].wait()
        shutil.rmtree(self.folder / f"worker-{worker}", ignore_errors=True)
        shutil.rmtree(self.folder / f"local-worker-{worker}", ignore_errors=True)

    def session(self, **settings: str) -> SparkSession:
        """A session on this cluster that stays on loopback and within 1 GB."""
        os.environ["PYSPARK_PYTHON"] = sys.executable  # Otherwise tasks run with the first python3 on the path.
        builder = SparkSession.builder.master(self.url).appName("variorum")
        for name, value in {**SETTINGS, **settings}.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        return session

    def _start(self, name: str, words: list[str]) -> subprocess.Popen[bytes]:
        home = Path(pyspark.__file__).parent
        local = self.folder / f"local-{name}"
        local.mkdir(parents=True, exist_ok=True)
        told = {"SPARK_HOME": str(home), "SPARK_LOCAL_DIRS": str(local), "SPARK_DAEMON_MEMORY": "256m"}
        log = (self.folder / f"{name}.log").open("wb")
        command = [home / "bin/spark-class", *words]
        environment = {**os.environ, **told, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": HOST}
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in [*self.workers, self.master]:
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


SETTINGS = {
    "spark.driver.memory": "1g",
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.ui.port": "0",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
    # A lost worker's files are lost: without this the survivor on the same host would still read them.
    "spark.shuffle.readHostLocalDisk": "false",
    # On a starved machine the master is slow to answer.
    "spark.rpc.askTimeout": "300s",
    "spark.network.timeout": "300s",
}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"nothing listens on port {port}")
