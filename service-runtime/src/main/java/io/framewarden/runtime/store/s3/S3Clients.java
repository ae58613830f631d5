package io.framewarden.runtime.store.s3;

import io.framewarden.runtime.store.StoreConfig;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** S3 clients as the configuration wants them. */
final class S3Clients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

  /** With the SDK's pauses, about half a minute of an unreachable server. */
  private static final int MAX_ATTEMPTS = 8;

  private S3Clients() {}

  /**
   * A client, which its caller closes.
   *
   * @throws IllegalArgumentException when no region is known
   */
  static S3Client open(StoreConfig config) {
    S3ClientBuilder builder =
        S3Client.builder()
            .forcePathStyle(config.pathStyle())
            .crossRegionAccessEnabled(config.endpoint().isEmpty())
            // Parts carry a Content-MD5, which every S3 server checks; the SDK's own checksums in
            // trailers are refused by many that are not AWS.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(SOCKET_TIMEOUT))
            .overrideConfiguration(
                client ->
                    client.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(MAX_ATTEMPTS)
                            .build()));
    if (!config.endpoint().isEmpty()) {
      builder.endpointOverride(URI.create(config.endpoint()));
    }
    if (!config.region().isEmpty()) {
      builder.region(Region.of(config.region()));
    } else if (!config.endpoint().isEmpty()) {
      // Other servers sign with any region; this is what they take by default.
      builder.region(Region.US_EAST_1);
    }
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new IllegalArgumentException(
          "the region of the bucket is not known; set " + StoreConfig.REGION, e);
    }
  }
}
