#!/usr/bin/env bash
#SBATCH --job-name=variorum --nodes=8 --ntasks-per-node=1 --cpus-per-task=16 --mem=64G --time=04:00:00
# One allocation, a Spark of its own inside it: a master on the first node, a worker on each, and the job.
#   sbatch slurm.sh job.py /shared/news --output /shared/reports
# Needs an environment with pyspark and variorum that all nodes see; what travels between stages stays below --output.
set -euo pipefail

# Half of a node is for the executor, the rest for the Python beside it and the system.
memory="$((${SLURM_MEM_PER_NODE:-8192} / 2))m"
SPARK_HOME=$(python -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent)')
PYSPARK_PYTHON=$(command -v python)
export SPARK_HOME PYSPARK_PYTHON
master="spark://$(hostname):${PORT:-7077}"

"$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.master.Master --host "$(hostname)" --port "${PORT:-7077}" &
trap 'kill $(jobs -p) 2>/dev/null' EXIT
srun "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.worker.Worker \
    --cores "$SLURM_CPUS_PER_TASK" --memory "$memory" --work-dir "${TMPDIR:-/tmp}/spark-$SLURM_JOB_ID" "$master" &
"$SPARK_HOME/bin/spark-submit" --master "$master" --executor-memory "$memory" "$@"
