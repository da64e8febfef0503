/**
 * What every engine behind the port must do, written once.
 *
 * <p>{@code StorageContract} and {@code LogFileContract} know nothing but the port, so that an engine in
 * memory can be held against them. {@code EngineContract} is for engines on a real file system.
 */
@NullMarked
package dev.nori.wal.io.contract;

import org.jspecify.annotations.NullMarked;
