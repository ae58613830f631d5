package io.framewarden.detector.verdict.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Limits the native memory of all stores of this process together, which would otherwise grow with
 * the number of partitions. Kafka Streams creates an instance for each store; the cache is shared
 * and lives as long as the process.
 */
public final class RocksDbMemoryLimit implements RocksDBConfigSetter {
  private static final long CACHE_BYTES = 32L << 20;
  private static final long WRITE_BUFFER_BYTES = 16L << 20;
  private static final long MAX_BUFFER_BYTES = 2L << 20;
  private static final int MAX_BUFFERS = 2;

  /** Loads RocksDB's library when the first store opens. */
  private static final class Shared {
    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager BUFFERS =
        new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(Shared.CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(Shared.BUFFERS);
    options.setWriteBufferSize(MAX_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(MAX_BUFFERS);
  }

  @Override
  public void close(String storeName, Options options) {
    // The shared cache outlives the stores; nothing here belongs to one of them.
  }
}
