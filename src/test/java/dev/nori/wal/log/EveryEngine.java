package dev.nori.wal.log;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the tests of a class on each engine, under {@code Batch}. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.nori.wal.log.Setting#engines")
abstract class EveryEngine extends LogTest {}
