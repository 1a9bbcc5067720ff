"""The same run on a cluster: Spark moves the bytes, the functions are those of the command line.

>>> from variorum import spark as vs
>>> run = vs.run(spark, documents, "reports", work="s3a://bucket/tmp")   # doctest: +SKIP

``documents`` is a DataFrame with the columns ``document`` (a unique name) and ``text``, and where known ``source``,
``title``, ``published``, ``url``, ``language``, ``html``; or a path that every machine sees, which is read as the
command line reads it. The run folder is written on the driver's disk; ``vs.save(spark, run, "s3a://bucket/tables")``
puts its tables where Spark writes.
"""

from variorum.spark.job import run
from variorum.spark.tables import save

__all__ = ["run", "save"]
