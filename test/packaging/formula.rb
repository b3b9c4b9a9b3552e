# SPDX-License-Identifier: Apache-2.0
#
# Reads a Homebrew formula with a stand-in for Homebrew's words: compares what it would fetch on each system with the
# files of the release, and carries out its install in an unpacked tarball.
#
# usage: ruby formula.rb FORMULA RELEASE-DIRECTORY URL UNPACKED PREFIX
require "digest"
require "fileutils"
require "pathname"

class Pathname
  def install(*sources)
    mkpath
    sources.flatten.each do |source|
      raise "#{source} isn't in the tarball" unless File.exist?(source)
      FileUtils.cp_r(source, self)
    end
  end
end

class Formula
  SYSTEMS = %w[macos linux].product(%w[arm intel]).freeze
  WORDS = %i[desc homepage version license depends_on test].freeze
  class << self
    attr_reader :fetched, :said

    def inherited(formula)
      super
      formula.instance_variable_set(:@fetched, Hash.new { |hash, key| hash[key] = {} })
      formula.instance_variable_set(:@said, {})
      @@latest = formula
    end

    def latest = @@latest

    WORDS.each { |word| define_method(word) { |*values, &block| @said[word] = values.first || block } }

    %w[macos linux].each do |system|
      define_method("on_#{system}") do |&block|
        @system = system
        block.call
      end
    end
    %w[arm intel].each do |processor|
      define_method("on_#{processor}") do |&block|
        @processor = processor
        block.call
      end
    end
    def url(value) = @fetched[[@system, @processor]][:url] = value
    def sha256(value) = @fetched[[@system, @processor]][:sha256] = value
  end

  def initialize(prefix) = @prefix = Pathname(prefix)
  def bin = @prefix/"bin"
  def share = @prefix/"share"
  def man1 = share/"man/man1"
  def doc = share/"doc/otel"
  def bash_completion = @prefix/"etc/bash_completion.d"
  def zsh_completion = share/"zsh/site-functions"
  def fish_completion = share/"fish/vendor_completions.d"
end

def expect(holds, message) = (abort "formula: #{message}" unless holds)

formula_file, release, url, unpacked, prefix = ARGV
load formula_file
formula = Formula.latest
Formula::WORDS.each { |word| expect(formula.said[word], "no #{word}") }
expect(formula.fetched.keys.sort == Formula::SYSTEMS.sort, "for #{formula.fetched.keys}")
names = { "macos" => "darwin", "linux" => "linux", "arm" => "arm64", "intel" => "amd64" }
formula.fetched.each do |(system, processor), fetched|
  name = "otel_#{formula.said[:version]}_#{names[system]}_#{names[processor]}.tar.gz"
  expect(fetched[:url] == "#{url}/#{name}", "#{system} #{processor} fetches #{fetched[:url]}")
  sum = Digest::SHA256.file(File.join(release, name)).hexdigest
  expect(fetched[:sha256] == sum, "#{name} has sha256 #{sum}, not #{fetched[:sha256]}")
end

prefix = File.expand_path(prefix)
Dir.chdir(unpacked) { formula.new(prefix).install }
